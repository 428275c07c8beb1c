package dev.orderflow.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.orderflow.carrier.Behaviour;
import dev.orderflow.carrier.CarrierServer;
import dev.orderflow.servers.ChildProcess;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;

/** Processes of one service, and a carrier for it. They stop when this is closed. */
final class Replicas implements AutoCloseable {

	private static final Duration WAIT_MAX = Duration.ofMinutes(10);

	private static final Duration STOP_MAX = Duration.ofSeconds(30);

	private final Path root;

	private final Path state;

	private final KafkaServer kafka;

	private final Service service;

	private final Database database;

	private final List<ChildProcess> processes = new ArrayList<>();

	private final CarrierServer carrier = CarrierServer.start(Ports.free(), Behaviour.NORMAL);

	Replicas(Path root, Path state, KafkaServer kafka, Service service, Database database) {
		this.root = root;
		this.state = state;
		this.kafka = kafka;
		this.service = service;
		this.database = database;
	}

	/** Starts as many more. */
	void start(int replicas) {
		for (int started = 0; started < replicas; started++) {
			this.processes.add(launch());
		}
	}

	private ChildProcess launch() {
		Map<String, String> environment = new HashMap<>();
		this.database.springProperties()
			.forEach((name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
		environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", this.kafka.bootstrapServers());
		environment.put("ORDERFLOW_CARRIER_URL", "http://localhost:" + this.carrier.port());
		environment.put("SERVER_PORT", Integer.toString(Ports.free()));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(Ports.free()));
		String name = this.service.name();
		Path jar = this.root.resolve(name).resolve("target").resolve(name + "-exec.jar");
		return ChildProcess.start(name,
				List.of(ChildProcess.javaExecutable(), "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar.toString()),
				environment, this.state.resolve(name + "-" + this.processes.size() + ".log"));
	}

	/**
	 * Waits for a condition.
	 * @throws IllegalStateException if a process ends meanwhile, or after
	 * {@code WAIT_MAX}
	 */
	void await(Condition condition) throws InterruptedException, SQLException {
		long start = System.nanoTime();
		while (!condition.holds()) {
			for (ChildProcess process : this.processes) {
				if (!process.isAlive() || System.nanoTime() - start > WAIT_MAX.toNanos()) {
					throw new IllegalStateException(
							"%s makes no progress; its output is%n%s".formatted(process.name(), process.output()));
				}
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	@Override
	public void close() {
		this.processes.forEach((process) -> process.stop(STOP_MAX));
		this.carrier.close();
	}

	/** A condition to wait for. */
	interface Condition {

		boolean holds() throws InterruptedException, SQLException;

	}

}
