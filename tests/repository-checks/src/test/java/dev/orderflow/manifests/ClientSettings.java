package dev.orderflow.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings that are the broker's under KIP-848: a consumer that sets one does not start.
 */
final class ClientSettings {

	/*
	 * In dots, or in the capitals of a variable; the broker's own names begin with
	 * group.consumer.
	 */
	private static final Pattern FORBIDDEN = Pattern
		.compile("(?i)(?<!group[._]consumer[._])(?<!group[._]consumer[._]m(in|ax)[._])(session[._]timeout[._]ms"
				+ "|heartbeat[._]interval[._]ms|partition[._]assignment[._]strategy)");

	private ClientSettings() {
	}

	/** Configuration files that set one of them. */
	static List<Path> forbidden(Path root) {
		return Stream.concat(files(root, 1), modules(root)).filter((file) -> forbiddenIn(text(file))).toList();
	}

	static boolean forbiddenIn(String text) {
		return FORBIDDEN.matcher(text).find();
	}

	private static Stream<Path> modules(Path root) {
		Stream<Path> resources = directories(root).map((module) -> module.resolve("src/main/resources"));
		return Stream.concat(resources, Stream.of(root.resolve("k8s"), root.resolve("deploy")))
			.filter(Files::isDirectory)
			.flatMap((directory) -> files(directory, 10));
	}

	private static Stream<Path> directories(Path root) {
		try (Stream<Path> found = Files.list(root)) {
			return found.filter(Files::isDirectory).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path directory, int depth) {
		try (Stream<Path> found = Files.walk(directory, depth)) {
			return found.filter((file) -> file.toString().matches(".*\\.(ya?ml|properties|env)")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
