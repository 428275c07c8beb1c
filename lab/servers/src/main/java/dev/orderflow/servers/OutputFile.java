package dev.orderflow.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The output of a process so far.
 *
 * @param path the file
 * @param start where its output begins, in bytes; earlier processes wrote what precedes
 * it
 */
record OutputFile(Path path, long start) {

	private static final int LAST_LINES = 15;

	/** The output of a process that is about to start and appends to the file. */
	static OutputFile appendedTo(Path path) throws IOException {
		return new OutputFile(path, Files.exists(path) ? Files.size(path) : 0);
	}

	String text() {
		if (!Files.exists(this.path)) {
			return "";
		}
		try (InputStream input = Files.newInputStream(this.path)) {
			input.skipNBytes(this.start);
			return new String(input.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + this.path, ex);
		}
	}

	/** The last lines, for a message. */
	String end() {
		List<String> lines = text().lines().toList();
		return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
	}

}
