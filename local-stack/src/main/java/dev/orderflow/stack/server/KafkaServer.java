package dev.orderflow.stack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One Kafka broker, its own controller (KRaft), in a process of its own. Topics are only
 * those that were created; the settings of consumer groups are those of every broker that
 * Orderflow ships. Data stays in the log directory between starts. With one replica and
 * no fsync per record, what it acknowledged survives the process, not the machine.
 */
public final class KafkaServer implements AutoCloseable {

	/** What the process writes when it serves. */
	static final String READY = "Kafka is ready";

	private static final Duration START_MAX = Duration.ofSeconds(60);

	private static final Duration STOP_MAX = Duration.ofSeconds(15);

	private static final Duration ADMIN_MAX = Duration.ofSeconds(30);

	/* How long offsets of an empty group are kept: 45 days, in minutes. */
	private static final int OFFSETS_RETENTION_MINUTES = 45 * 24 * 60;

	private static final List<String> JVM_OPTIONS = List.of("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC",
			"-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
			"-Dlogback.configurationFile=stack-logback.xml");

	private final int port;

	private final ChildProcess process;

	private KafkaServer(int port, ChildProcess process) {
		this.port = port;
		this.process = process;
	}

	/**
	 * Starts a broker and returns when it serves; otherwise as {@link #launch}.
	 */
	public static KafkaServer start(int port, Path directory, Path log) {
		KafkaServer server = launch(port, directory, log);
		try {
			server.awaitReady();
			return server;
		}
		catch (RuntimeException ex) {
			server.process.kill();
			throw ex;
		}
	}

	/**
	 * Starts a broker without waiting for it. The controller gets a free port.
	 * @param port where it listens, on the loopback address only
	 * @param directory where topics are kept; made when it is not there
	 * @param log where its output goes
	 * @throws PortTakenException if somebody listens there
	 */
	public static KafkaServer launch(int port, Path directory, Path log) {
		Ports.requireFree(port, "Kafka");
		Path settings = writeSettings(port, Ports.free(), directory);
		return new KafkaServer(port, ChildProcess.startJava("kafka", JVM_OPTIONS, KafkaServerMain.class.getName(),
				List.of(settings.toString()), log));
	}

	/** Waits until it serves; the failure quotes its log. */
	public void awaitReady() {
		this.process.awaitOutput(READY, START_MAX);
	}

	/** What clients need to find the broker. */
	public String bootstrapServers() {
		return "localhost:" + this.port;
	}

	/** The process, to look at it or to end it as a crash would. */
	public ChildProcess process() {
		return this.process;
	}

	/**
	 * Creates those of the topics that do not exist. Existing ones keep their settings.
	 */
	public void createTopics(Collection<Topic> topics) {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
			Set<String> existing = admin.listTopics().names().get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
			List<NewTopic> missing = topics.stream()
				.filter((topic) -> !existing.contains(topic.name()))
				.map((topic) -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.configs()))
				.toList();
			admin.createTopics(missing).all().get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Could not create topics " + topics, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while creating topics", ex);
		}
	}

	/** Stops the broker. The log directory stays. */
	@Override
	public void close() {
		this.process.stop(STOP_MAX);
	}

	private static Path writeSettings(int port, int controllerPort, Path directory) {
		Properties settings = new Properties();
		settings.putAll(network(port, controllerPort));
		settings.putAll(groups());
		settings.putAll(storage(directory));
		Path file = directory.resolveSibling(directory.getFileName() + ".properties");
		try {
			Files.createDirectories(directory);
			try (var writer = Files.newBufferedWriter(file)) {
				settings.store(writer, null);
			}
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write " + file, ex);
		}
	}

	private static Map<String, String> network(int port, int controllerPort) {
		return Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters",
				"1@localhost:" + controllerPort, "controller.listener.names", "CONTROLLER", "listeners",
				"BROKER://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
				"advertised.listeners", "BROKER://localhost:" + port, "inter.broker.listener.name", "BROKER",
				"listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
	}

	/* Under KIP-848 session and heartbeat are the broker's settings, not the client's. */
	private static Map<String, String> groups() {
		return Map.of("group.consumer.session.timeout.ms", "10000", "group.consumer.min.session.timeout.ms", "6000",
				"group.consumer.heartbeat.interval.ms", "2000", "group.consumer.min.heartbeat.interval.ms", "2000",
				"group.initial.rebalance.delay.ms", "0", "offsets.retention.minutes",
				Integer.toString(OFFSETS_RETENTION_MINUTES));
	}

	private static Map<String, String> storage(Path directory) {
		Map<String, String> settings = new HashMap<>();
		settings.put("log.dirs", directory.toString());
		settings.put("auto.create.topics.enable", "false");
		settings.put("message.max.bytes",
				Integer.toString(Topics.MESSAGE_BYTES_MAX + Topics.DEAD_LETTER_HEADROOM_BYTES));
		settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
		for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
			settings.put(internal + ".num.partitions", "1");
			settings.put(internal + ".replication.factor", "1");
		}
		settings.put("transaction.state.log.min.isr", "1");
		settings.put("share.coordinator.state.topic.min.isr", "1");
		return settings;
	}

}
