package dev.orderflow.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a reconciler found.
 *
 * @param checks in the order of the data flow
 */
public record Reconciliation(List<Check> checks) {

	private static final String ROW = "%-58s %14s %14s  %s";

	public Reconciliation {
		checks = List.copyOf(checks);
	}

	/** Whether everything adds up. */
	public boolean holds() {
		return failures().isEmpty();
	}

	/** The comparisons that do not hold. */
	public List<Check> failures() {
		return this.checks.stream().filter((check) -> !check.holds()).toList();
	}

	/**
	 * A table for people: one row for each check, and below a failed one its mismatches.
	 */
	public String table() {
		return this.checks.stream()
			.map(Reconciliation::row)
			.collect(Collectors.joining(System.lineSeparator(),
					ROW.formatted("what", "expected", "found", "ok") + System.lineSeparator(), ""));
	}

	private static String row(Check check) {
		String row = ROW.formatted(check.what(), check.expected(), check.found(), check.holds() ? "yes" : "NO");
		return check.examples()
			.stream()
			.map((example) -> System.lineSeparator() + "    " + example)
			.collect(Collectors.joining("", row, ""));
	}

}
