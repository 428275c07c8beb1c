package dev.orderflow.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an embedded server keeps its data and writes its log.
 *
 * @param data a directory of its own
 * @param log a file beside it
 */
record ServerDirectory(Path data, Path log) {

	static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

	static ServerDirectory create(Path parent, String name) {
		try {
			Files.createDirectories(parent);
			Path data = Files.createTempDirectory(parent, "orderflow-" + name + "-");
			return new ServerDirectory(data, data.resolveSibling(data.getFileName() + ".log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not make a directory for " + name, ex);
		}
	}

	void delete() {
		try (Stream<Path> tree = Files.walk(this.data)) {
			List<Path> paths = tree.sorted(Comparator.reverseOrder()).toList();
			for (Path path : paths) {
				Files.deleteIfExists(path);
			}
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not delete " + this.data, ex);
		}
	}

}
