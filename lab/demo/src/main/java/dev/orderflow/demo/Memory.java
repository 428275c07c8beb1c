package dev.orderflow.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much memory processes take: the sum of their proportional set sizes (PSS), in which
 * a page that several processes share counts once. The kernel reports it in
 * {@code /proc/<pid>/smaps_rollup}; without that file nothing is measured. Resident set
 * sizes would count PostgreSQL's shared buffers once for each connection.
 *
 * @param shares one share for each name
 */
record Memory(List<Share> shares) {

	private static final double MIB = 1024.0 * 1024.0;

	private static final String ROW = "%-24s %9s %11s";

	/**
	 * Measures processes, each with its child processes that have no name of their own.
	 */
	static Memory of(List<Leftovers.Recorded> processes) {
		Set<Long> named = processes.stream().map(Leftovers.Recorded::pid).collect(Collectors.toSet());
		return new Memory(processes.stream().map((process) -> Share.of(process, named)).toList());
	}

	/** The sum in bytes; empty when a share is not known. */
	Optional<Long> bytes() {
		return this.shares.stream()
			.map(Share::bytes)
			.reduce(Optional.of(0L), (sum, share) -> sum.flatMap((left) -> share.map((right) -> left + right)));
	}

	/** A table for people. */
	String table() {
		List<String> lines = new ArrayList<>();
		lines.add(ROW.formatted("memory (PSS)", "processes", "MiB"));
		this.shares.forEach((share) -> lines.add(ROW.formatted(share.name, share.processes, mebibytes(share.bytes))));
		lines.add(ROW.formatted("all", this.shares.stream().mapToInt(Share::processes).sum(), mebibytes(bytes())));
		if (bytes().isEmpty()) {
			lines.add("Not measured where - stands: only Linux has /proc/<pid>/smaps_rollup.");
		}
		return String.join(System.lineSeparator(), lines);
	}

	private static String mebibytes(Optional<Long> bytes) {
		return bytes.map((known) -> String.format(Locale.ROOT, "%.0f", known / MIB)).orElse("-");
	}

	/**
	 * Memory of the processes of one name.
	 *
	 * @param name what the process is called
	 * @param processes number of processes
	 * @param bytes their memory; empty when it could not be read
	 */
	record Share(String name, int processes, Optional<Long> bytes) {

		static Share of(Leftovers.Recorded process, Set<Long> named) {
			List<Long> pids = new ArrayList<>(List.of(process.pid()));
			for (int next = 0; next < pids.size(); next++) {
				ProcessHandle.of(pids.get(next))
					.stream()
					.flatMap(ProcessHandle::children)
					.map(ProcessHandle::pid)
					.filter((pid) -> !named.contains(pid))
					.forEach(pids::add);
			}
			long sum = 0;
			int counted = 0;
			for (long pid : pids) {
				Optional<Long> bytes = pss(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
				sum += bytes.orElse(0L);
				counted += bytes.isPresent() ? 1 : 0;
			}
			return new Share(process.name(), Math.max(1, counted), (counted > 0) ? Optional.of(sum) : Optional.empty());
		}

		/* A child that ended in the meantime has no file, or an empty one. */
		private static Optional<Long> pss(Path file) {
			try (var lines = Files.lines(file)) {
				return lines.filter((line) -> line.startsWith("Pss:"))
					.map((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
					.findFirst();
			}
			catch (IOException | UncheckedIOException ex) {
				return Optional.empty();
			}
		}

	}

}
