package dev.orderflow.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orderflow.audit.Check;
import dev.orderflow.audit.Progress;
import dev.orderflow.audit.Reconciliation;

/**
 * What a run has shown.
 *
 * @param seed repeats the run's faults and orders
 * @param accepted orders that were answered with 201
 * @param unanswered orders and cancellations without a final answer, by reason: nobody
 * knows what should have become of them
 * @param poison records that nobody can process
 * @param drained whether all events were processed in the end
 * @param found the reconciliation of answers, topics and databases
 */
public record Verdict(long seed, int accepted, Map<String, Long> unanswered, int poison, boolean drained,
		List<Outcome> faults, Reconciliation found) {

	private static final String ROW = "%-18s %7s %10s %10s %10s %14s";

	/**
	 * Whether nothing was lost, doubled or reordered, exactly the poison was set aside,
	 * and the system recovered from every fault.
	 */
	public boolean holds() {
		return this.accepted > 0 && this.found.holds() && this.drained && this.unanswered.isEmpty()
				&& !this.faults.isEmpty() && this.faults.stream().allMatch((fault) -> fault.recovery().isPresent());
	}

	/** Tables for people, and the verdict in the last line. */
	public String text() {
		return String.join(System.lineSeparator(), this.found.table(), "", table(), "", summary());
	}

	private String table() {
		Map<String, List<Outcome>> byKind = this.faults.stream()
			.collect(Collectors.groupingBy((outcome) -> outcome.fault().fault().name(), TreeMap::new,
					Collectors.toList()));
		List<String> rows = byKind.entrySet().stream().map((kind) -> row(kind.getKey(), kind.getValue())).toList();
		return String.join(System.lineSeparator(),
				ROW.formatted("fault", "times", "lasted s", "recovery s", "longest s", "not recovered"),
				String.join(System.lineSeparator(), rows));
	}

	private static String row(String kind, List<Outcome> outcomes) {
		List<Duration> recoveries = outcomes.stream()
			.flatMap((outcome) -> outcome.recovery().stream())
			.sorted()
			.toList();
		List<Duration> lasted = outcomes.stream().map(Outcome::lasted).sorted().toList();
		return ROW.formatted(kind, outcomes.size(), Progress.seconds(median(lasted)),
				recoveries.isEmpty() ? "-" : Progress.seconds(median(recoveries)),
				recoveries.stream().max(Comparator.naturalOrder()).map(Progress::seconds).orElse("-"),
				outcomes.size() - recoveries.size());
	}

	private static Duration median(List<Duration> sorted) {
		return sorted.get(sorted.size() / 2);
	}

	private String summary() {
		long notRecovered = this.faults.stream().filter((fault) -> fault.recovery().isEmpty()).count();
		String failures = this.found.failures().stream().map(Check::what).collect(Collectors.joining("; "));
		return """
				seed %d: %d orders accepted, %d faults of %d kinds, %d records of poison
				%s
				%s""".formatted(this.seed, this.accepted, this.faults.size(),
				this.faults.stream().map((fault) -> fault.fault().fault().name()).distinct().count(), this.poison,
				this.found.holds() ? "0 lost, 0 doubled, 0 reordered; dead letters are exactly the poison"
						: "FAILED CHECKS: " + failures,
				holds() ? "All adds up"
						: "DOES NOT ADD UP%s%s%s%s".formatted(this.drained ? "" : "; events are left",
								(notRecovered > 0) ? "; not recovered from " + notRecovered : "",
								this.unanswered.isEmpty() ? "" : "; without an answer: " + this.unanswered,
								this.faults.isEmpty() ? "; no fault was injected" : ""));
	}

}
