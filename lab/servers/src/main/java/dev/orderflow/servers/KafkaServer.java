package dev.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

import dev.orderflow.events.Topic;
import dev.orderflow.setup.TopicSetup;

/**
 * One Kafka broker, its own controller (KRaft), in a process of its own. It creates no
 * topics automatically; the settings of consumer groups are those of every broker that
 * Orderflow starts. Data stays in the log directory between starts. With one replica and
 * no fsync per record, acknowledged data survives a crash of the process, but not of the
 * machine.
 */
public final class KafkaServer implements AutoCloseable {

	/** What the process prints when it is ready. */
	static final String READY = "Kafka is ready";

	private static final Duration START_MAX = Duration.ofMinutes(3);

	private static final Duration STOP_MAX = Duration.ofSeconds(15);

	private static final List<String> JVM_OPTIONS = List.of("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC",
			"-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
			"-Dlogback.configurationFile=command-logback.xml");

	private final int port;

	private final ChildProcess process;

	private KafkaServer(int port, ChildProcess process) {
		this.port = port;
		this.process = process;
	}

	/**
	 * Like {@link #launch}, but returns only when the broker is ready.
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
	 * @param directory where topics are kept; created if it does not exist
	 * @param log where its output goes
	 * @throws PortTakenException if somebody listens there
	 */
	public static KafkaServer launch(int port, Path directory, Path log) {
		Ports.requireFree(port, "Kafka");
		Path settings = writeSettings(port, Ports.free(), directory);
		return new KafkaServer(port, ChildProcess.startJava("kafka", JVM_OPTIONS, KafkaServerMain.class.getName(),
				List.of(settings.toString()), log));
	}

	/** Waits until it is ready; a failure quotes its log. */
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
	 * Creates the topics that do not exist. Existing ones keep their settings.
	 */
	public void createTopics(Collection<Topic> topics) {
		TopicSetup.create(bootstrapServers(), topics);
	}

	/** Stops the broker. The log directory stays. */
	@Override
	public void close() {
		this.process.stop(STOP_MAX);
	}

	private static Path writeSettings(int port, int controllerPort, Path directory) {
		Properties settings = new Properties();
		settings.putAll(BrokerSettings.network("localhost", port, controllerPort));
		settings.putAll(BrokerSettings.common());
		settings.put("log.dirs", directory.toString());
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

}
