package dev.orderflow.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that each alert has a severity, a summary with the value, an existing runbook
 * and dashboard, and rule tests in which it fires and in which it does not.
 */
final class AlertChecklist {

	/** Its beginning is a setting, see external_labels in prometheus.yml. */
	private static final String RUNBOOK_BASE = "{{ $externalLabels.runbooks }}/";

	private static final String DASHBOARD_BASE = "{{ $externalLabels.grafana }}/d/";

	private final Watched watched;

	private final List<String> faults = new ArrayList<>();

	AlertChecklist(Watched watched) {
		this.watched = watched;
	}

	List<String> faults() {
		Set<String> dashboards = this.watched.dashboards()
			.values()
			.stream()
			.map((dashboard) -> dashboard.path("uid").asString())
			.collect(Collectors.toSet());
		List<String> runbooks = this.watched.files(Watched.RUNBOOKS)
			.stream()
			.filter((file) -> file.endsWith(".md"))
			.toList();
		this.watched.alerts().forEach((alert) -> checkAnnotations(alert, dashboards, runbooks));
		Set<String> names = this.watched.alerts().stream().map(AlertChecklist::name).collect(Collectors.toSet());
		runbooks.stream()
			.filter((file) -> !file.equals("README.md") && !names.contains(file.replace(".md", "")))
			.forEach((file) -> this.faults
				.add("%s/%s: expected an alert of that name, found none".formatted(Watched.RUNBOOKS, file)));
		names.forEach(this::checkTests);
		checkThatNoneIsNamed();
		return List.copyOf(this.faults);
	}

	private void checkAnnotations(Map<String, Object> alert, Set<String> dashboards, List<String> runbooks) {
		String name = name(alert);
		Map<String, Object> annotations = map(alert.get("annotations"));
		require(Set.of("page", "ticket").contains(String.valueOf(map(alert.get("labels")).get("severity"))), name,
				"severity page or ticket");
		require(String.valueOf(annotations.get("summary")).contains("$value"), name,
				"a summary with the figure ($value)");
		require(runbooks.contains(name + ".md"), name, "its runbook %s/%s.md".formatted(Watched.RUNBOOKS, name));
		String runbook = RUNBOOK_BASE + name + ".md";
		require(runbook.equals(annotations.get("runbook_url")), name, "runbook_url: \"%s\"".formatted(runbook));
		String dashboard = String.valueOf(annotations.get("dashboard"));
		require(dashboards.stream()
			.anyMatch((uid) -> dashboard.matches(Pattern.quote(DASHBOARD_BASE + uid) + "(\\?.*)?")), name,
				"a dashboard, %s and one of %s, found %s".formatted(DASHBOARD_BASE, dashboards, dashboard));
	}

	@SuppressWarnings("unchecked")
	private void checkTests(String name) {
		List<Map<String, Object>> tests = this.watched.ruleTests()
			.stream()
			.flatMap((test) -> ((List<Map<String, Object>>) test.getOrDefault("alert_rule_test", List.of())).stream())
			.filter((test) -> name.equals(test.get("alertname")))
			.toList();
		require(tests.stream().anyMatch((test) -> test.containsKey("exp_alerts")), name,
				"a rule test in which it fires");
		require(tests.stream().anyMatch((test) -> !test.containsKey("exp_alerts")), name,
				"a rule test in which it does not fire");
	}

	/** Rules and dashboards name no consumer, so that a new one needs no line in them. */
	private void checkThatNoneIsNamed() {
		Set<String> consumers = this.watched.consumers();
		this.watched.expressions()
			.forEach((where,
					expressions) -> expressions.forEach((expression) -> consumers.stream()
						.filter(expression::contains)
						.forEach((consumer) -> this.faults
							.add("%s: expected all consumers alike, by their label service, found %s".formatted(where,
									consumer)))));
	}

	private void require(boolean met, String alert, String expected) {
		if (!met) {
			this.faults.add("alert %s: expected %s".formatted(alert, expected));
		}
	}

	private static String name(Map<String, Object> alert) {
		return String.valueOf(alert.get("alert"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (value instanceof Map<?, ?> found) ? (Map<String, Object>) found : Map.of();
	}

}
