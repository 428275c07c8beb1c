package dev.orderflow.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's process: formats a new log directory and serves until SIGTERM, or until
 * its standard input ends, because then its launcher is gone. Argument: the file with the
 * broker's settings.
 */
final class KafkaServerMain {

	private KafkaServerMain() {
	}

	public static void main(String[] arguments) throws Exception {
		if (arguments.length != 1) {
			throw new IllegalArgumentException("Wrong arguments: expected one, the file with the settings");
		}
		// A fatal error halts the JVM silently; report it.
		Exit.setHaltProcedure((status, message) -> {
			System.err.println("Kafka halts with status " + status + ((message != null) ? ": " + message : ""));
			Runtime.getRuntime().halt(status);
		});
		KafkaConfig config = KafkaConfig.fromProps(read(Path.of(arguments[0])));
		format(config);
		KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
		Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
		Thread.ofPlatform().daemon().name("launcher-watch").start(KafkaServerMain::exitWithLauncher);
		server.startup();
		System.out.println(KafkaServer.READY);
		server.awaitShutdown();
	}

	private static void format(KafkaConfig config) throws Exception {
		String directory = config.metadataLogDir();
		if (Files.exists(Path.of(directory, "meta.properties"))) {
			// Formatted by an earlier start; formatting again would require its cluster
			// id.
			return;
		}
		new Formatter().setNodeId(config.nodeId())
			.setClusterId(Uuid.randomUuid().toString())
			.setReleaseVersion(MetadataVersion.latestProduction())
			.setControllerListenerName("CONTROLLER")
			.setMetadataLogDirectory(directory)
			.addDirectory(directory)
			.setIgnoreFormatted(true)
			.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
			.run();
	}

	private static Properties read(Path file) throws IOException {
		Properties settings = new Properties();
		try (var reader = Files.newBufferedReader(file)) {
			settings.load(reader);
		}
		return settings;
	}

	private static void exitWithLauncher() {
		try {
			System.in.transferTo(OutputStream.nullOutputStream());
			System.err.println("Kafka ends, because its launcher is gone");
		}
		catch (IOException ex) {
			System.err.println("Kafka ends, because its standard input failed: " + ex);
		}
		System.exit(0);
	}

}
