package dev.orderflow.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
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

	private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

	/*
	 * Where PostgreSQL's library looks, at its next start, for servers whose JVM was
	 * killed, and stops them.
	 */
	private static final Path SWEPT = TEMP.resolve("embedded-pg");

	static final EmbeddedServers<PostgresServer> POSTGRES = new EmbeddedServers<>("postgres", SWEPT,
			(directory, log) -> PostgresServer.start(Ports.free(), directory, log));

	static final EmbeddedServers<KafkaServer> KAFKA = new EmbeddedServers<>("kafka", TEMP,
			(directory, log) -> KafkaServer.start(Ports.free(), directory.resolve("data"), log));

	private final String name;

	private final Path parent;

	private final BiFunction<Path, Path, S> starter;

	private @Nullable S server;

	private EmbeddedServers(String name, Path parent, BiFunction<Path, Path, S> starter) {
		this.name = name;
		this.parent = parent;
		this.starter = starter;
	}

	synchronized S get() {
		S running = this.server;
		if (running == null) {
			Path directory = newDirectory();
			Path log = directory.resolveSibling(directory.getFileName() + ".log");
			running = this.starter.apply(directory, log);
			this.server = running;
			stopAtEnd(running, directory, log);
		}
		return running;
	}

	private Path newDirectory() {
		try {
			Files.createDirectories(this.parent);
			return Files.createTempDirectory(this.parent, "orderflow-" + this.name + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not make a directory for " + this.name, ex);
		}
	}

	private void stopAtEnd(S running, Path directory, Path log) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				running.close();
				delete(directory);
				Files.deleteIfExists(log);
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
