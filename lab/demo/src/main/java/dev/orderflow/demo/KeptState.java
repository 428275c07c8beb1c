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
 * Says of the databases and topics in the state directory which version made them and
 * whether all of them were made, in a file beside them. The file says "preparing" before
 * the first database is made and "complete" after the last topic is: a crash in between
 * shows at the next start. What happens later needs no note, because both servers recover
 * what they had acknowledged.
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

	/** Fails when what is there is not whole, or is of another version. */
	void requireUsable() {
		Properties found = read();
		boolean whole = COMPLETE.equals(found.remove(PHASE)) && Files.exists(this.state.resolve("postgres/PG_VERSION"))
				&& Files.exists(this.state.resolve("kafka/meta.properties"));
		if (!whole) {
			throw unusable("to be whole, found some that a start left half-written");
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
			throw unusable("to be of this version, found some of another one:" + System.lineSeparator() + differences);
		}
	}

	/** Notes that databases and topics are about to be made. */
	void preparing() {
		write("preparing");
	}

	/** Notes that all are there. */
	void complete() {
		write(COMPLETE);
	}

	private IllegalStateException unusable(String what) {
		return new IllegalStateException("""
				Expected the kept databases and topics in %s %s
				Start once without --keep: that deletes them and begins afresh.""".formatted(this.state, what));
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
				// Not of our writing, so nothing is known about the rest.
				return new Properties();
			}
		}
		return found;
	}

	/* Whole or not at all, whenever the process ends. */
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
