package dev.orderflow.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.orderflow.audit.Progress;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;

/**
 * PostgreSQL, Kafka, topics, databases and services, each server and service a process;
 * the simulated carrier runs in this JVM. {@link #start} begins from scratch,
 * {@link #resume} continues with the existing data; both return when everything is ready.
 * {@link #close} stops the services, then Kafka, then PostgreSQL, each within a bound,
 * and may be called at any time from any thread. Limit: if this JVM is killed, only Kafka
 * ends by itself; the next start names the processes that still run.
 */
public final class Stack implements AutoCloseable {

	private final StackSettings settings;

	private final Progress progress;

	private final Leftovers leftovers;

	private final Servers servers;

	private final Map<String, Instance> instances = new LinkedHashMap<>();

	private volatile Runnable beforeClose = () -> {
	};

	private boolean closed;

	/** A stack that is not started yet. */
	public Stack(StackSettings settings, Consumer<String> progress) {
		this.settings = settings;
		this.progress = new Progress(progress);
		this.leftovers = new Leftovers(settings.state());
		this.servers = new Servers(settings, this.progress, this.leftovers);
	}

	/**
	 * Starts everything from scratch and waits until it is ready. Databases and topics of
	 * an earlier start are deleted.
	 * @throws dev.orderflow.servers.PortTakenException if a port is taken; nothing was
	 * started or deleted then
	 */
	public void start() {
		requireStartable();
		if (new KeptState(this.settings).exists()) {
			this.progress.say("Deleting databases and topics of an earlier start");
		}
		start(false);
	}

	/**
	 * Starts everything with the databases and topics of the last start, or from scratch
	 * if there are none, and waits until it is ready.
	 * @throws IllegalStateException also if they are incomplete or of another version;
	 * nothing was started or deleted then
	 * @throws dev.orderflow.servers.PortTakenException as {@link #start}
	 */
	public void resume() {
		requireStartable();
		KeptState state = new KeptState(this.settings);
		boolean kept = state.exists();
		if (kept) {
			state.requireUsable();
		}
		this.progress.say(kept ? "Continuing with the databases and topics of the last start"
				: "Starting from scratch: an earlier start left no databases and topics");
		start(kept);
	}

	private void requireStartable() {
		this.leftovers.requireNoProcess();
		this.settings.requireJars();
		this.settings.requireFreePorts();
	}

	private void start(boolean kept) {
		KeptState state = new KeptState(this.settings);
		this.leftovers.deleteTraces();
		if (!kept) {
			this.leftovers.deleteData();
			state.preparing();
		}
		this.leftovers.record("launcher", ProcessHandle.current().pid());
		KafkaServer broker = unlessClosed(this.servers::launchKafka);
		unlessClosed(this.servers::startCarrier);
		unlessClosed(() -> this.servers.startPostgres(kept));
		this.progress.await("Kafka on " + broker.bootstrapServers(), broker::awaitReady);
		this.progress.step(topology().topics().size() + " topics", () -> broker.createTopics(topology().topics()));
		state.complete();
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

	/** Where the simulated carrier is. */
	public URI carrier() {
		return URI.create("http://localhost:" + this.settings.carrierPort());
	}

	/** Each service's database, by the service's name. */
	public Map<String, Database> databases() {
		return this.servers.databases();
	}

	/** A reconciler of this stack's databases, topics and carrier. */
	public Reconciler reconciler() {
		return new Reconciler(topology(), databases(), bootstrapServers(), Optional.of(carrier()));
	}

	/** The running process of a service, or of an additional instance, by name. */
	public synchronized Instance instance(String name) {
		Instance instance = this.instances.get(name);
		if (instance == null) {
			throw new IllegalArgumentException(
					"Unknown process %s: expected one of %s".formatted(name, this.instances.keySet()));
		}
		return instance;
	}

	/** The processes of services that run now. */
	public synchronized List<Instance> running() {
		return this.instances.values().stream().filter((instance) -> instance.process().isAlive()).toList();
	}

	/** The broker, to look at it, freeze it or end it as a crash would. */
	public KafkaServer kafka() {
		return this.servers.kafka();
	}

	/** The database server, to look at it, freeze it or end it as a crash would. */
	public PostgresServer postgres() {
		return this.servers.postgres();
	}

	/** Starts a killed broker again, on its data, and waits until it is ready. */
	public void restartKafka() {
		unlessClosed(this.servers::launchKafka).awaitReady();
	}

	/**
	 * Starts a killed database server again, on its data, and waits until it is ready.
	 */
	public void restartPostgres() {
		unlessClosed(() -> this.servers.startPostgres(true));
	}

	/**
	 * Starts and stops processes of a service until so many run, and waits until they
	 * have stopped or are ready. Its first process is the last one to stop.
	 * @param count 0 or more
	 */
	public void scaleTo(String serviceName, int count) {
		List<Instance> all = instancesOf(serviceName);
		List<Instance> surplus = all.stream().filter((instance) -> instance.process().isAlive()).skip(count).toList();
		surplus.forEach((instance) -> instance.process().requestStop());
		surplus.forEach(Instance::close);
		long running = all.stream().filter((instance) -> instance.process().isAlive()).count();
		List<Instance> started = new ArrayList<>();
		for (Instance ended : all) {
			if (running + started.size() < count && !ended.process().isAlive()) {
				started.add(relaunch(ended.name(), Map.of()));
			}
		}
		while (running + started.size() < count) {
			started.add(launchAnother(serviceName));
		}
		started.forEach(Instance::awaitReady);
	}

	private synchronized List<Instance> instancesOf(String serviceName) {
		return this.instances.values().stream().filter((instance) -> instance.isOf(serviceName)).toList();
	}

	/**
	 * Starts one more process of a service on a free port and waits until it is ready. It
	 * is called {@code <service>-<n>}.
	 */
	public Instance scaleOut(String serviceName) {
		Instance instance = launchAnother(serviceName);
		instance.awaitReady();
		return instance;
	}

	private Instance launchAnother(String serviceName) {
		Service service = topology().service(serviceName);
		return unlessClosed(() -> {
			long running = this.instances.keySet().stream().filter((name) -> name.startsWith(serviceName)).count();
			return launch(serviceName + "-" + (running + 1), service, StackSettings.freeServicePort());
		});
	}

	/** Restarts a killed service and waits until it is ready. */
	public void restart(String name) {
		restart(name, Map.of());
	}

	/**
	 * Restarts a killed service with further Spring settings, which the next restart
	 * forgets, and waits until it is ready.
	 */
	public void restart(String name, Map<String, String> properties) {
		relaunch(name, properties).awaitReady();
	}

	private Instance relaunch(String name, Map<String, String> properties) {
		return unlessClosed(() -> {
			Instance ended = instance(name);
			ended.restart(properties);
			this.leftovers.record(name, ended.process().pid());
			return ended;
		});
	}

	/** The processes that ended unexpectedly. */
	public synchronized List<Ended> ended() {
		List<Ended> ended = new ArrayList<>(this.servers.ended());
		this.instances.values()
			.stream()
			.map(Instance::process)
			.filter((process) -> !process.isAlive())
			.forEach((process) -> ended.add(new Ended(process.name(), process.exitStatus(), process.log())));
		return ended;
	}

	/** How much memory all processes take now, this one included. */
	public String memory() {
		return Memory.of(this.leftovers.running()).table();
	}

	/**
	 * Registers what {@link #close} does first; runs it at once if the stack is already
	 * closed.
	 */
	void beforeClose(Runnable first) {
		synchronized (this) {
			this.beforeClose = first;
		}
		if (isClosed()) {
			first.run();
		}
	}

	/** Whether {@link #close} was called. */
	public synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		if (markClosed()) {
			this.beforeClose.run();
			stop();
		}
	}

	private synchronized boolean markClosed() {
		boolean first = !this.closed;
		this.closed = true;
		return first;
	}

	private synchronized void stop() {
		try {
			stopServices();
		}
		finally {
			this.servers.stop();
		}
	}

	/* All at once, so that the slowest one decides how long it takes. */
	private void stopServices() {
		this.instances.values().forEach((instance) -> instance.process().requestStop());
		this.instances.values()
			.forEach((instance) -> this.progress.step(instance.name() + " stopped", instance::close));
	}

	private Database database(Service service) {
		return Objects.requireNonNull(databases().get(service.name()), "PostgreSQL is not running");
	}

	private Instance launch(String name, Service service, int port) {
		Map<String, String> properties = this.settings.serviceProperties(port, database(service));
		Instance instance = Instance.launch(name, service, port, this.settings, properties);
		this.instances.put(name, instance);
		this.leftovers.record(name, instance.process().pid());
		return instance;
	}

	/*
	 * Ensures that nothing starts after a stop in the middle of the start.
	 */
	private synchronized <T> T unlessClosed(Supplier<T> step) {
		if (this.closed) {
			throw new IllegalStateException("The stack was stopped");
		}
		return step.get();
	}

}
