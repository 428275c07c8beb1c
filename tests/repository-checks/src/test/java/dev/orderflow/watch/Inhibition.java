package dev.orderflow.watch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which alerts an Alertmanager's {@code inhibit_rules} leave. As its manual has it: an
 * alert is silenced while another one matches the source of a rule, it matches the target
 * itself, and both have the same value in each label of {@code equal}, a missing label
 * being an empty one. An alert that matches source and target of a rule is not silenced
 * by one that does so too, itself included. A silenced alert still silences others.
 */
final class Inhibition {

	private final List<Rule> rules;

	@SuppressWarnings("unchecked")
	Inhibition(Map<String, Object> alertmanager) {
		this.rules = ((List<Map<String, Object>>) alertmanager.get("inhibit_rules")).stream().map(Rule::of).toList();
	}

	/** Alerts are their labels. */
	List<Map<String, String>> left(List<Map<String, String>> alerts) {
		return alerts.stream()
			.filter((alert) -> this.rules.stream()
				.noneMatch((rule) -> alerts.stream().anyMatch((other) -> rule.silences(other, alert))))
			.toList();
	}

	/** Whether each source and each target is met by one of these names. */
	List<String> neverMet(Set<String> alertNames) {
		return this.rules.stream()
			.flatMap((rule) -> List.of(rule.source(), rule.target()).stream())
			.flatMap(List::stream)
			.filter((condition) -> condition.label().equals("alertname"))
			.flatMap((condition) -> Pattern.compile("\\|").splitAsStream(condition.value()))
			.filter((name) -> alertNames.stream().noneMatch((alert) -> alert.matches(name)))
			.toList();
	}

	private record Rule(List<Condition> source, List<Condition> target, List<String> equal) {

		@SuppressWarnings("unchecked")
		static Rule of(Map<String, Object> rule) {
			return new Rule(conditions(rule.get("source_matchers")), conditions(rule.get("target_matchers")),
					(List<String>) rule.getOrDefault("equal", List.of()));
		}

		@SuppressWarnings("unchecked")
		private static List<Condition> conditions(Object matchers) {
			return ((List<String>) matchers).stream().map(Condition::of).toList();
		}

		boolean silences(Map<String, String> cause, Map<String, String> alert) {
			return all(this.source, cause) && all(this.target, alert)
					&& !(all(this.target, cause) && all(this.source, alert)) && this.equal.stream()
						.allMatch((label) -> cause.getOrDefault(label, "").equals(alert.getOrDefault(label, "")));
		}

		private static boolean all(List<Condition> conditions, Map<String, String> alert) {
			return conditions.stream().allMatch((condition) -> condition.test(alert));
		}

	}

	private record Condition(String label, String operator, String value) implements Predicate<Map<String, String>> {

		private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"\\\\]*)\"\\s*");

		static Condition of(String matcher) {
			Matcher form = FORM.matcher(matcher);
			if (!form.matches()) {
				throw new IllegalArgumentException("Expected a matcher label=\"value\", found " + matcher);
			}
			return new Condition(form.group(1), form.group(2), form.group(3));
		}

		@Override
		public boolean test(Map<String, String> alert) {
			String found = alert.getOrDefault(this.label, "");
			return switch (this.operator) {
				case "=" -> found.equals(this.value);
				case "!=" -> !found.equals(this.value);
				case "=~" -> found.matches(this.value);
				default -> !found.matches(this.value);
			};
		}

	}

}
