package dev.orderflow.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files and processes that an earlier start left. Files are deleted; processes are
 * recorded when they start, and reported if they still run. A recorded id counts only if
 * its process started at the recorded time, because the system reuses ids.
 */
final class Leftovers {

	private static final List<String> DATA = List.of("postgres", "kafka", KeptState.FILE);

	private static final List<String> TRACES = List.of("kafka.properties", "logs", "pids");

	private final Path state;

	private final Path pids;

	Leftovers(Path state) {
		this.state = state;
		this.pids = state.resolve("pids");
	}

	/** Records that a process belongs to this start. */
	void record(String name, long pid) {
		String started = ProcessHandle.of(pid).map(Leftovers::startOf).orElse("-");
		try {
			Files.createDirectories(this.state);
			Files.writeString(this.pids, "%s %d %s%n".formatted(name, pid, started), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write " + this.pids, ex);
		}
	}

	/**
	 * Fails when a process of an earlier start still runs, with the command to end it.
	 */
	void requireNoProcess() {
		List<Recorded> running = running();
		if (running.isEmpty()) {
			return;
		}
		List<String> lines = running.stream()
			.map((process) -> "  %s, pid %d".formatted(process.name, process.pid))
			.toList();
		String ids = String.join(" ", running.stream().map((process) -> Long.toString(process.pid)).toList());
		throw new IllegalStateException("""
				Processes of an earlier start still run on %s:
				%s
				End them with: kill %s (if one stays, kill -9)""".formatted(this.state,
				String.join(System.lineSeparator(), lines), ids));
	}

	/** The recorded processes that run now. */
	List<Recorded> running() {
		return readPids().stream().filter(Recorded::runs).toList();
	}

	/** Deletes logs and notes of an earlier start, and nothing else in the directory. */
	void deleteTraces() {
		TRACES.stream().map(this.state::resolve).forEach(Leftovers::delete);
	}

	/** Deletes databases and topics of an earlier start, complete or not. */
	void deleteData() {
		DATA.stream().map(this.state::resolve).forEach(Leftovers::delete);
	}

	private List<Recorded> readPids() {
		List<Recorded> recorded = new ArrayList<>();
		try {
			if (Files.exists(this.pids)) {
				Files.readAllLines(this.pids)
					.stream()
					.map(Recorded::parse)
					.flatMap(Optional::stream)
					.forEach(recorded::add);
			}
			readPostgresPid().filter((postgres) -> recorded.stream().noneMatch((other) -> other.pid == postgres.pid))
				.ifPresent(recorded::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + this.pids, ex);
		}
		return recorded;
	}

	/* PostgreSQL writes its id itself; the launcher may have died before recording it. */
	private Optional<Recorded> readPostgresPid() throws IOException {
		Path file = this.state.resolve("postgres").resolve("postmaster.pid");
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().trim()))
			.filter((process) -> process.info().command().orElse("").endsWith("/postgres"))
			.map((process) -> new Recorded("postgres", process.pid(), startOf(process)));
	}

	private static String startOf(ProcessHandle process) {
		return process.info().startInstant().map(Instant::toString).orElse("-");
	}

	private static void delete(Path directory) {
		if (!Files.exists(directory)) {
			return;
		}
		try (Stream<Path> tree = Files.walk(directory)) {
			for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not delete " + directory, ex);
		}
	}

	/**
	 * A recorded process.
	 *
	 * @param name what it is called
	 * @param pid its id
	 * @param started when it started
	 */
	record Recorded(String name, long pid, String started) {

		static Optional<Recorded> parse(String line) {
			String[] words = line.split(" ");
			boolean complete = words.length == 3 && words[1].chars().allMatch(Character::isDigit);
			return complete ? Optional.of(new Recorded(words[0], Long.parseLong(words[1]), words[2]))
					: Optional.empty();
		}

		boolean runs() {
			// A zombie process has no command.
			return ProcessHandle.of(this.pid)
				.filter((process) -> process.info().command().isPresent() && startOf(process).equals(this.started))
				.isPresent();
		}

	}

}
