package dev.orderflow.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.orderflow.stack.server.KafkaServer;
import dev.orderflow.stack.server.Ports;
import dev.orderflow.stack.server.PostgresServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that starts when it is first asked for, in a directory of its own, and is
 * stopped and deleted when the JVM ends.
 *
 * @param <S> the kind of server
 */
final class EmbeddedServers<S extends AutoCloseable> {

	static final EmbeddedServers<PostgresServer> POSTGRES = new EmbeddedServers<>("postgres",
			(directory) -> PostgresServer.start(Ports.free(), directory.resolve("data"), directory.resolve("log")));

	static final EmbeddedServers<KafkaServer> KAFKA = new EmbeddedServers<>("kafka",
			(directory) -> KafkaServer.start(Ports.free(), directory.resolve("data"), directory.resolve("log")));

	private final String name;

	private final Function<Path, S> starter;

	private @Nullable S server;

	private EmbeddedServers(String name, Function<Path, S> starter) {
		this.name = name;
		this.starter = starter;
	}

	synchronized S get() {
		S running = this.server;
		if (running == null) {
			Path directory = newDirectory();
			running = this.starter.apply(directory);
			this.server = running;
			stopAtEnd(running, directory);
		}
		return running;
	}

	private Path newDirectory() {
		try {
			return Files.createTempDirectory("orderflow-" + this.name + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not make a directory for " + this.name, ex);
		}
	}

	private void stopAtEnd(S running, Path directory) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				running.close();
				delete(directory);
			}
			catch (Exception ex) {
				System.err.println("Could not stop " + this.name + " of the tests in " + directory + ": " + ex);
			}
		}, this.name + "-stop"));
	}

	private static void delete(Path directory) throws IOException {
		List<Path> paths;
		try (Stream<Path> tree = Files.walk(directory)) {
			paths = tree.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : paths) {
			Files.deleteIfExists(path);
		}
	}

}
