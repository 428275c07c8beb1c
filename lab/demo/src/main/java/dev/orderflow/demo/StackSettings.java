package dev.orderflow.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orderflow.carrier.CarrierServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;

/**
 * Where the stack finds its parts and where they listen.
 *
 * @param topology the services
 * @param root the project's directory, below which each service's jar is
 * @param state directory for data, logs and process ids
 * @param postgresPort where PostgreSQL listens
 * @param kafkaPort where Kafka listens
 * @param carrierPort where the simulated carrier listens
 * @param servicePorts where each service listens; management is
 * {@value dev.orderflow.topology.Service#MANAGEMENT_OFFSET} above
 * @param properties Spring settings for every service, in addition to the stack's own
 * @param commands program and arguments of those services that do not run from their jars
 */
public record StackSettings(Topology topology, Path root, Path state, int postgresPort, int kafkaPort, int carrierPort,
		Map<String, Integer> servicePorts, Map<String, String> properties, Map<String, List<String>> commands) {

	/** Default port at which the demo reports the consumers' lag. */
	public static final int METRICS_PORT = 9308;

	/** By default services listen on the loopback address only. */
	private static final String LOOPBACK = "127.0.0.1";

	public StackSettings {
		root = root.toAbsolutePath().normalize();
		state = state.toAbsolutePath().normalize();
		servicePorts = Map.copyOf(servicePorts);
		properties = Map.copyOf(properties);
		commands = Map.copyOf(commands);
	}

	/** Settings with the documented ports, and state in {@code .demo}. */
	public static StackSettings fixedPorts(Path root) {
		Topology topology = Topology.load();
		Map<String, Integer> ports = new LinkedHashMap<>();
		topology.services().forEach((service) -> ports.put(service.name(), service.port()));
		return new StackSettings(topology, root, root.resolve(".demo"), Topology.POSTGRES_PORT, Topology.KAFKA_PORT,
				CarrierServer.PORT, ports, Map.of(), Map.of());
	}

	/** Settings with currently free ports, for tests. */
	public static StackSettings freePorts(Topology topology, Path root, Path state) {
		Map<String, Integer> ports = new LinkedHashMap<>();
		topology.services().forEach((service) -> ports.put(service.name(), freeServicePort()));
		return new StackSettings(topology, root, state, Ports.free(), Ports.free(), Ports.free(), ports, Map.of(),
				Map.of());
	}

	/** The same with other ports. */
	public StackSettings withPorts(int postgres, int kafka, int carrier, Map<String, Integer> services) {
		Map<String, Integer> ports = new LinkedHashMap<>(this.servicePorts);
		services.forEach((name, port) -> ports.put(this.topology.service(name).name(), port));
		return new StackSettings(this.topology, this.root, this.state, postgres, kafka, carrier, ports, this.properties,
				this.commands);
	}

	/** The same with further Spring settings for every service. */
	public StackSettings withProperties(Map<String, String> further) {
		Map<String, String> all = new LinkedHashMap<>(this.properties);
		all.putAll(further);
		return new StackSettings(this.topology, this.root, this.state, this.postgresPort, this.kafkaPort,
				this.carrierPort, this.servicePorts, all, this.commands);
	}

	/**
	 * The same with one service, which runs by the given command, and the services whose
	 * events it needs, at first or second hand.
	 */
	public StackSettings withOnly(String name, List<String> command) {
		Set<Service> needed = new HashSet<>(Set.of(this.topology.service(name)));
		while (needed.addAll(this.topology.services()
			.stream()
			.filter((service) -> needed.stream()
				.anyMatch((other) -> service.produces().stream().anyMatch(other.consumes()::contains)))
			.toList())) {
			// Until no further one is needed.
		}
		List<Service> services = this.topology.services().stream().filter(needed::contains).toList();
		return new StackSettings(new Topology(services), this.root, this.state, this.postgresPort, this.kafkaPort,
				this.carrierPort, this.servicePorts, this.properties, Map.of(name, command));
	}

	/** The same with its state elsewhere. */
	public StackSettings withState(Path directory) {
		return new StackSettings(this.topology, this.root, directory, this.postgresPort, this.kafkaPort,
				this.carrierPort, this.servicePorts, this.properties, this.commands);
	}

	/** The Spring settings of one process of a service. */
	Map<String, String> serviceProperties(int port, Database database) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("server.address", LOOPBACK);
		all.put("management.server.address", LOOPBACK);
		all.put("orderflow.operator.token", Topology.DEMO_OPERATOR_TOKEN);
		all.putAll(this.properties);
		all.put("server.port", Integer.toString(port));
		all.put("management.server.port", Integer.toString(port + Service.MANAGEMENT_OFFSET));
		all.put("spring.kafka.bootstrap-servers", "localhost:" + this.kafkaPort);
		all.put("orderflow.carrier.url", "http://localhost:" + this.carrierPort);
		all.putAll(database.springProperties());
		return all;
	}

	/** Where the service listens. */
	public int port(Service service) {
		return this.servicePorts.getOrDefault(service.name(), service.port());
	}

	/** The jar that runs the service. */
	public Path jar(Service service) {
		return this.root.resolve(service.name()).resolve("target").resolve(service.name() + "-exec.jar");
	}

	/** Where a process writes its output. */
	public Path log(String name) {
		return this.state.resolve("logs").resolve(name + ".log");
	}

	void requireJars() {
		List<Path> missing = this.topology.services()
			.stream()
			.filter((service) -> !this.commands.containsKey(service.name()))
			.map(this::jar)
			.filter((jar) -> !Files.exists(jar))
			.toList();
		if (!missing.isEmpty()) {
			throw new IllegalStateException(
					"%s is missing. Build it first: mvn -DskipTests package".formatted(missing));
		}
	}

	void requireFreePorts() {
		Ports.requireFree(this.postgresPort, "PostgreSQL");
		Ports.requireFree(this.kafkaPort, "Kafka");
		Ports.requireFree(this.carrierPort, "the carrier");
		for (Service service : this.topology.services()) {
			Ports.requireFree(port(service), service.name());
			Ports.requireFree(port(service) + Service.MANAGEMENT_OFFSET, service.name() + " (management)");
		}
	}

	/** A port with a free management port above it. */
	static int freeServicePort() {
		int port = Ports.free();
		while (!Ports.isFree(port + Service.MANAGEMENT_OFFSET)) {
			port = Ports.free();
		}
		return port;
	}

}
