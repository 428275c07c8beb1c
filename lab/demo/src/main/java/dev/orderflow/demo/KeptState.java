package dev.orderflow.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Records, in a file beside the databases and topics, which version created them and
 * whether all of them were created. The file says "preparing" before the first database
 * is created and "complete" after the last topic is, so the next start detects a crash in
 * between. Later crashes need no record, because both servers recover what they have
 * acknowledged.
 */
final class KeptState {

	/** The file's name in the state directory. */
	static final String FILE = "state.properties";

	private static final String PHASE = "phase";

	private static final String COMPLETE = "complete";

	private final Path state;

	private final Properties versions;

	KeptState(StackSettings settings) {
		this.state = settings.state();
		this.versions = StateVersions.of(settings);
	}

	/** Whether an earlier start left anything. */
	boolean exists() {
		return List.of(FILE, "postgres", "kafka").stream().anyMatch((name) -> Files.exists(this.state.resolve(name)));
	}

	/** Fails if the state is incomplete or of another version. */
	void requireUsable() {
		Properties found = read();
		boolean whole = COMPLETE.equals(found.remove(PHASE)) && Files.exists(this.state.resolve("postgres/PG_VERSION"))
				&& Files.exists(this.state.resolve("kafka/meta.properties"));
		if (!whole) {
			throw unusable("are incomplete: the start that created them did not finish.");
		}
		if (!found.equals(this.versions)) {
			TreeSet<Object> names = new TreeSet<>(this.versions.keySet());
			names.addAll(found.keySet());
			String differences = names.stream()
				.map(Object::toString)
				.filter((name) -> !this.versions.getProperty(name, "").equals(found.getProperty(name, "")))
				.map((name) -> "  %s: %s, now %s".formatted(name, found.getProperty(name, "nothing"),
						this.versions.getProperty(name, "nothing")))
				.collect(Collectors.joining(System.lineSeparator()));
			throw unusable("belong to another version:" + System.lineSeparator() + differences);
		}
	}

	/** Records that databases and topics are about to be created. */
	void preparing() {
		write("preparing");
	}

	/** Records that all databases and topics exist. */
	void complete() {
		write(COMPLETE);
	}

	private IllegalStateException unusable(String problem) {
		return new IllegalStateException("""
				The databases and topics in %s %s
				Start once without --keep, which deletes them.""".formatted(this.state, problem));
	}

	private Properties read() {
		Properties found = new Properties();
		Path file = this.state.resolve(FILE);
		if (Files.exists(file)) {
			try (var reader = Files.newBufferedReader(file)) {
				found.load(reader);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Could not read " + file, ex);
			}
			catch (IllegalArgumentException ex) {
				// Another program wrote this file, so the state is unknown.
				return new Properties();
			}
		}
		return found;
	}

	/* Atomic, even if the process ends in the middle. */
	private void write(String phase) {
		Path file = this.state.resolve(FILE);
		Path written = this.state.resolve(FILE + ".new");
		Properties content = new Properties();
		content.putAll(this.versions);
		content.setProperty(PHASE, phase);
		try {
			Files.createDirectories(this.state);
			try (var writer = Files.newBufferedWriter(written)) {
				content.store(writer, null);
			}
			Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write " + file, ex);
		}
	}

}
