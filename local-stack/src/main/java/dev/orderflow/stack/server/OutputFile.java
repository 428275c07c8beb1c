package dev.orderflow.stack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has written so far.
 *
 * @param path the file
 */
record OutputFile(Path path) {

	private static final int LAST_LINES = 15;

	String text() {
		try {
			return Files.exists(this.path) ? new String(Files.readAllBytes(this.path), StandardCharsets.UTF_8) : "";
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
