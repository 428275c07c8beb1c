package dev.orderflow.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import dev.orderflow.servers.PortTakenException;
import dev.orderflow.servers.Ports;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Goal: the stack starts and stops everything in order, leaves no process, and reports
 * failures. Method: real servers, and a fake service in a jar.
 */
class StackIT {

	private static final Topology TOPOLOGY = new Topology(
			List.of(new Service("fake-service", 8080, "fake", List.of("orders"), null)));

	@TempDir
	private Path root;

	private final List<String> lines = new ArrayList<>();

	private StackSettings settings;

	@BeforeEach
	void packService() throws IOException {
		this.settings = StackSettings.freePorts(TOPOLOGY, this.root, this.root.resolve(".demo"));
		Path jar = this.settings.jar(TOPOLOGY.service("fake-service"));
		Files.createDirectories(jar.getParent());
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
		String entry = FakeService.class.getName().replace('.', '/') + ".class";
		try (JarOutputStream archive = new JarOutputStream(Files.newOutputStream(jar), manifest);
				InputStream classFile = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
			archive.putNextEntry(new JarEntry(entry));
			classFile.transferTo(archive);
		}
	}

	@Test
	void startsAndStopsEverythingAndLeavesNoProcess() {
		List<ProcessHandle> processes = new ArrayList<>();
		try (Stack stack = start(this.settings)) {
			assertThat(stack.instance("fake-service").process().output()).contains("/fake as fake");
			assertThat(Ports.isFree(this.settings.carrierPort())).isFalse();

			stack.instance("fake-service").process().kill();
			stack.restart("fake-service");
			assertThat(stack.scaleOut("fake-service").name()).isEqualTo("fake-service-2");

			ProcessHandle.current().descendants().forEach(processes::add);
			assertThat(processes).hasSizeGreaterThanOrEqualTo(3);
		}

		assertThat(processes).noneMatch(ProcessHandle::isAlive);
		assertThat(Ports.isFree(this.settings.postgresPort())).isTrue();
		assertThat(Ports.isFree(this.settings.carrierPort())).isTrue();
		assertThat(this.lines.stream().filter((line) -> line.contains("stopped"))).hasSize(5)
			.last()
			.asString()
			.startsWith("PostgreSQL");
	}

	@Test
	void quotesTheLogOfAServiceThatEnds() {
		StackSettings failing = this.settings.withProperties(Map.of("fake.fail", "true"));
		try (Stack stack = new Stack(failing, this.lines::add)) {
			assertThatIllegalStateException().isThrownBy(stack::start)
				.withMessageContaining("fake-service")
				.withMessageContaining("as asked")
				.withMessageContaining(failing.log("fake-service").toString());
		}
	}

	@Test
	void reportsProcessesOfAnEarlierStart() throws IOException {
		Process orphan = new ProcessBuilder("sleep", "60").start();
		try (Stack stack = new Stack(this.settings, this.lines::add)) {
			new Leftovers(this.settings.state()).record("kafka", orphan.pid());

			assertThatIllegalStateException().isThrownBy(stack::start)
				.withMessageContaining("kafka")
				.withMessageContaining("kill " + orphan.pid());
		}
		finally {
			orphan.destroyForcibly();
		}
	}

	@Test
	void namesTheJarThatIsNotBuilt() throws IOException {
		Path jar = this.settings.jar(TOPOLOGY.service("fake-service"));
		Files.delete(jar);

		try (Stack stack = new Stack(this.settings, this.lines::add)) {
			assertThatIllegalStateException().isThrownBy(stack::start).withMessageContaining(jar.toString());
		}
	}

	@Test
	void namesThePortThatIsTakenAndStartsNothing() throws IOException {
		int management = this.settings.port(TOPOLOGY.service("fake-service")) + Service.MANAGEMENT_OFFSET;
		try (ServerSocket taken = new ServerSocket(management, 1, InetAddress.getLoopbackAddress());
				Stack stack = new Stack(this.settings, this.lines::add)) {
			assertThat(taken.isBound()).isTrue();
			assertThatExceptionOfType(PortTakenException.class).isThrownBy(stack::start)
				.withMessageContaining(Integer.toString(management))
				.withMessageContaining("fake-service (management)");
		}

		assertThat(this.settings.state()).doesNotExist();
		assertThat(this.lines).isEmpty();
	}

	@Test
	void namesThePortThatTheCarrierNeeds() throws IOException {
		try (ServerSocket taken = new ServerSocket(this.settings.carrierPort(), 1, InetAddress.getLoopbackAddress());
				Stack stack = new Stack(this.settings, this.lines::add)) {
			assertThat(taken.isBound()).isTrue();
			assertThatExceptionOfType(PortTakenException.class).isThrownBy(stack::start)
				.withMessageContaining(Integer.toString(this.settings.carrierPort()))
				.withMessageContaining("the carrier");
		}
	}

	private Stack start(StackSettings with) {
		Stack stack = new Stack(with, this.lines::add);
		try {
			stack.start();
			return stack;
		}
		catch (RuntimeException ex) {
			stack.close();
			throw ex;
		}
	}

}
