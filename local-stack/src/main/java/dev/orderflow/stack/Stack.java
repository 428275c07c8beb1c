package dev.orderflow.stack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.orderflow.stack.server.Database;
import dev.orderflow.stack.server.KafkaServer;
import dev.orderflow.stack.server.PostgresServer;
import dev.orderflow.stack.topology.Service;
import dev.orderflow.stack.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka, topics, databases and services, each server and service a process.
 * {@link #start} begins fresh and returns when all is ready; {@link #close} stops the
 * services, then Kafka, then PostgreSQL, each within a bound, and may be called at any
 * time from any thread. Where that ends: when this JVM is killed, Kafka ends by itself,
 * and the next start names what else still runs.
 */
public final class Stack implements AutoCloseable {

	private final StackSettings settings;

	private final Progress progress;

	private final Leftovers leftovers;

	private final Map<String, Database> databases = new LinkedHashMap<>();

	private final Map<String, Instance> instances = new LinkedHashMap<>();

	private @Nullable PostgresServer postgres;

	private @Nullable KafkaServer kafka;

	private boolean closed;

	/** A stack that is not started yet. */
	public Stack(StackSettings settings, Consumer<String> progress) {
		this.settings = settings;
		this.progress = new Progress(progress);
		this.leftovers = new Leftovers(settings.state());
	}

	/**
	 * Starts everything and waits until it is ready.
	 * @throws dev.orderflow.stack.server.PortTakenException if a port is taken; nothing
	 * was started then
	 */
	public void start() {
		this.leftovers.requireNoProcess();
		this.settings.requireJars();
		this.settings.requireFreePorts();
		this.leftovers.deleteFiles();
		this.leftovers.record("launcher", ProcessHandle.current().pid());
		KafkaServer broker = unlessClosed(this::launchKafka);
		unlessClosed(this::startPostgres);
		this.progress.await("Kafka on " + broker.bootstrapServers(), broker::awaitReady);
		this.progress.step(topology().topics().size() + " topics", () -> broker.createTopics(topology().topics()));
		List<Instance> launched = topology().services()
			.stream()
			.map((service) -> unlessClosed(() -> launch(service.name(), service, this.settings.port(service))))
			.toList();
		launched.forEach(
				(instance) -> this.progress.await(instance.name() + " on " + instance.uri(), instance::awaitReady));
	}

	/** The services of this stack. */
	public Topology topology() {
		return this.settings.topology();
	}

	/** Where clients find Kafka. */
	public String bootstrapServers() {
		return "localhost:" + this.settings.kafkaPort();
	}

	/** Each service's database, by the service's name. */
	public Map<String, Database> databases() {
		return Collections.unmodifiableMap(this.databases);
	}

	/** The running process of a service, or of a further instance by its own name. */
	public synchronized Instance instance(String name) {
		Instance instance = this.instances.get(name);
		if (instance == null) {
			throw new IllegalArgumentException("Expected one of %s, found %s".formatted(this.instances.keySet(), name));
		}
		return instance;
	}

	/**
	 * Starts one more process of a service on a free port and waits until it is ready. It
	 * is called {@code <service>-<n>}.
	 */
	public Instance scaleOut(String serviceName) {
		Service service = topology().service(serviceName);
		Instance instance = unlessClosed(() -> {
			long running = this.instances.keySet().stream().filter((name) -> name.startsWith(serviceName)).count();
			return launch(serviceName + "-" + (running + 1), service, StackSettings.freeServicePort());
		});
		instance.awaitReady();
		return instance;
	}

	/** Starts a service again that was killed, and waits until it is ready. */
	public void restart(String name) {
		Instance instance = unlessClosed(() -> {
			Instance ended = instance(name);
			ended.restart();
			this.leftovers.record(name, ended.process().pid());
			return ended;
		});
		instance.awaitReady();
	}

	/** Whether {@link #close} was called. */
	public synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			stopServices();
		}
		finally {
			stopServers();
		}
	}

	/* All at once, so that the slowest one decides how long it takes. */
	private void stopServices() {
		this.instances.values().forEach((instance) -> instance.process().requestStop());
		this.instances.values()
			.forEach((instance) -> this.progress.step(instance.name() + " stopped", instance::close));
	}

	private void stopServers() {
		try {
			if (this.kafka != null) {
				this.progress.step("Kafka stopped", this.kafka::close);
			}
		}
		finally {
			if (this.postgres != null) {
				this.progress.step("PostgreSQL stopped", this.postgres::close);
			}
		}
	}

	private KafkaServer launchKafka() {
		KafkaServer launched = KafkaServer.launch(this.settings.kafkaPort(), this.settings.state().resolve("kafka"),
				this.settings.log("kafka"));
		this.kafka = launched;
		this.leftovers.record("kafka", launched.process().pid());
		return launched;
	}

	private PostgresServer startPostgres() {
		return this.progress
			.step((server) -> "PostgreSQL %s on localhost:%d".formatted(server.version(), server.port()), () -> {
				PostgresServer started = PostgresServer.start(this.settings.postgresPort(),
						this.settings.state().resolve("postgres"), this.settings.log("postgres"));
				this.postgres = started;
				this.leftovers.record("postgres", started.pid());
				topology().services()
					.forEach((service) -> this.databases.put(service.name(),
							started.createDatabase(service.database())));
				return started;
			});
	}

	private Instance launch(String name, Service service, int port) {
		Map<String, String> properties = new LinkedHashMap<>(this.settings.properties());
		properties.put("server.port", Integer.toString(port));
		properties.put("management.server.port", Integer.toString(port + Service.MANAGEMENT_OFFSET));
		properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
		Database database = this.databases.get(service.name());
		if (database != null) {
			properties.putAll(database.springProperties());
		}
		Instance instance = Instance.launch(name, service, port, this.settings, properties);
		this.instances.put(name, instance);
		this.leftovers.record(name, instance.process().pid());
		return instance;
	}

	/*
	 * So that a stop in the middle of the start leaves nothing behind that starts later.
	 */
	private synchronized <T> T unlessClosed(Supplier<T> step) {
		if (this.closed) {
			throw new IllegalStateException("Expected the stack to be open, but it was stopped");
		}
		return step.get();
	}

}
