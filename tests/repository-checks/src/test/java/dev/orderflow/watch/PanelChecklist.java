package dev.orderflow.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What whoever is on call needs of a panel within seconds: what is not measured never
 * looks fine, what is over is not shown as now, the worst is in sight, and a service has
 * the same colour everywhere.
 */
final class PanelChecklist {

	/**
	 * A panel's width at 1280 pixels is this many a column, less what stands beside its
	 * title.
	 */
	private static final double PIXELS_A_COLUMN = 52;

	private static final int BESIDE_TITLE = 66;

	private static final double PIXELS_A_CHARACTER = 7.2;

	private static final Set<String> NOW = Set.of("stat", "gauge", "bargauge", "table");

	/** An alternative that makes a figure of none. */
	private static final Pattern DEFAULTED = Pattern.compile(
			"\\bor\\s+(on\\s*\\([^)]*\\)\\s*)?(vector\\s*\\(|[\\d.]+(?!\\s*\\*|[\\d.]))|\\babsent(_over_time)?\\s*\\(");

	/** Which services there should be a figure of. */
	private static final Pattern EXPECTED = Pattern.compile("unless on \\(\\)|present_over_time\\(up\\{");

	private static final Pattern SERVICE_FIRST = Pattern
		.compile("\\{\\{(service|consumergroup|scaledObject|deployment|horizontalpodautoscaler)}}.*");

	private static final Pattern ONE_ROW = Pattern.compile("(sum|max) by \\(service\\) \\(.*\\)");

	private final Watched watched;

	private final List<String> faults = new ArrayList<>();

	/** By service, its colour and the panel that has it first. */
	private final Map<String, Map.Entry<String, String>> colors = new TreeMap<>();

	PanelChecklist(Watched watched) {
		this.watched = watched;
	}

	List<String> faults() {
		this.watched.dashboards().forEach((file, dashboard) -> {
			checkVariables(file, dashboard);
			for (JsonNode panel : dashboard.path("panels")) {
				String where = "%s: %s".formatted(file, panel.path("title").asString());
				checkTitle(where, panel);
				switch (panel.path("type").asString()) {
					case "row", "text" -> {
					}
					case "timeseries" -> {
						checkUnknown(where, panel);
						checkLegend(where, panel);
						checkColors(where, panel);
						checkCounts(where, panel);
						checkScope(where, panel);
					}
					default -> {
						require(NOW.contains(panel.path("type").asString()), where, "a type that this test knows");
						checkUnknown(where, panel);
						checkNow(where, panel);
						checkCounts(where, panel);
						checkScope(where, panel);
					}
				}
			}
		});
		require(Set.copyOf(this.colors.values().stream().map(Map.Entry::getKey).toList()).size() == this.colors.size()
				&& !this.colors.isEmpty(), "all", "a colour of its own for each service, found " + this.colors);
		checkTables();
		return List.copyOf(this.faults);
	}

	private void checkVariables(String file, JsonNode dashboard) {
		require(variable(dashboard, "datasource").path("type").asString("").equals("datasource"), file,
				"a variable $datasource that chooses the data source");
		require(!variable(dashboard, "runbooks").path("query").asString("").isBlank(), file,
				"a variable $runbooks, the address of the runbooks");
		for (JsonNode source : dashboard.findValues("datasource")) {
			require(source.path("uid").asString("").equals("${datasource}"), file,
					"the data source ${datasource}, found %s".formatted(source));
		}
	}

	private static JsonNode variable(JsonNode dashboard, String name) {
		return dashboard.path("templating")
			.path("list")
			.valueStream()
			.filter((variable) -> variable.path("name").asString().equals(name))
			.findFirst()
			.orElse(dashboard.path("none"));
	}

	private void checkTitle(String where, JsonNode panel) {
		double pixels = panel.path("gridPos").path("w").asInt() * PIXELS_A_COLUMN - BESIDE_TITLE;
		int characters = (int) (pixels / PIXELS_A_CHARACTER);
		require(panel.path("title").asString().length() <= characters, where,
				"a title of at most %d characters, which fit at 1280 pixels".formatted(characters));
	}

	/**
	 * No series and NaN; and what vanished, which only an instant query does not repeat.
	 */
	private void checkUnknown(String where, JsonNode panel) {
		JsonNode config = panel.path("fieldConfig");
		JsonNode defaults = config.path("defaults");
		checkNotFine(where, "nothing", Shown.of(defaults, Double.NaN));
		if (panel.path("type").asString().equals("table")) {
			for (JsonNode override : config.path("overrides")) {
				String column = override.path("matcher").path("options").asString();
				checkNotFine(where, "nothing of " + column, Shown.of(Shown.overridden(defaults, override), Double.NaN));
			}
		}
		require(!defaults.path("noValue").isMissingNode(), where, "a text for what is not measured (noValue)");
		if (!panel.path("type").asString().equals("table")) {
			require(!Shown.of(defaults, Double.NaN).text().isBlank(), where,
					"a text for what is not measured (noValue), found an empty one");
		}
		for (JsonNode target : panel.path("targets")) {
			String expression = target.path("expr").asString();
			require(!DEFAULTED.matcher(expression).find(), where,
					"no figure where there is none, found a default in " + expression);
		}
	}

	private void checkNotFine(String where, String what, Shown shown) {
		require(!shown.isGreen(), where, "another colour than green for %s, found %s".formatted(what, shown));
	}

	private void checkNow(String where, JsonNode panel) {
		for (JsonNode target : panel.path("targets")) {
			boolean instant = target.path("instant").asBoolean(false) && !target.path("range").asBoolean(true);
			require(instant, where, "an instant query, so that what ended is not shown as %s"
				.formatted(Shown.of(panel.path("fieldConfig").path("defaults"), 0)));
			boolean judges = panel.path("type").asString().equals("stat")
					&& !panel.path("options").path("colorMode").asString().equals("none")
					&& target.path("expr").asString().contains("service=~\"$service\"");
			require(!judges || EXPECTED.matcher(target.path("expr").asString()).find(), where,
					"to be not measured as long as one service is not (unless on ()), found "
							+ target.path("expr").asString());
		}
	}

	private void checkLegend(String where, JsonNode panel) {
		JsonNode legend = panel.path("options").path("legend");
		require(legend.path("placement").asString().equals("right")
				&& legend.path("displayMode").asString().equals("table")
				&& legend.path("calcs").toString().contains("\"last\"")
				&& legend.path("sortBy").asString("").equals("Last") && legend.path("sortDesc").asBoolean(false), where,
				"a legend on the right, highest last value first, found " + legend);
	}

	private void checkColors(String where, JsonNode panel) {
		boolean byService = panel.path("targets")
			.valueStream()
			.anyMatch((target) -> SERVICE_FIRST.matcher(target.path("legendFormat").asString("")).matches());
		if (!byService) {
			return;
		}
		require(panel.path("fieldConfig")
			.path("defaults")
			.path("color")
			.path("mode")
			.asString("")
			.equals("palette-classic-by-name"), where, "a further service to have a colour by its name");
		for (String service : this.watched.services()) {
			color(panel, service).forEach((color) -> this.colors.putIfAbsent(service, Map.entry(color, where)));
		}
		Set<String> known = new HashSet<>(this.colors.keySet());
		for (String service : known) {
			for (String series : List.of(service, service + " localhost:9081 orders", "keda-hpa-" + service)) {
				require(color(panel, series).equals(List.of(this.colors.get(service).getKey())), where,
						"%s to have its colour %s, found %s".formatted(series, this.colors.get(service),
								color(panel, series)));
			}
		}
	}

	/** The fixed colours that a panel gives a series. */
	private static List<String> color(JsonNode panel, String series) {
		List<String> colors = new ArrayList<>();
		for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
			JsonNode matcher = override.path("matcher");
			String expression = matcher.path("options").asString();
			if (matcher.path("id").asString().equals("byRegexp")
					&& Pattern.compile(expression.substring(1, expression.length() - 1)).matcher(series).find()) {
				String color = Shown.overridden(JsonNodeFactory.instance.objectNode(), override)
					.path("color")
					.path("fixedColor")
					.asString("");
				Stream.of(color).filter((found) -> !found.isEmpty()).forEach(colors::add);
			}
		}
		return colors;
	}

	private void checkCounts(String where, JsonNode panel) {
		JsonNode defaults = panel.path("fieldConfig").path("defaults");
		checkCount(where, defaults);
		for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
			checkCount(where, Shown.overridden(defaults, override));
		}
	}

	private void checkCount(String where, JsonNode field) {
		if (field.path("unit").asString("").equals("short")) {
			require(field.path("decimals").asInt(-1) == 0, where, "counts without decimals");
		}
	}

	/** What only a cluster measures. */
	private void checkScope(String where, JsonNode panel) {
		Set<String> cluster = this.watched.onlyInTheCluster();
		boolean only = panel.path("targets")
			.valueStream()
			.anyMatch((target) -> PromQl.metrics(target.path("expr").asString()).stream().anyMatch(cluster::contains));
		if (only) {
			require(panel.path("fieldConfig").path("defaults").path("noValue").asString("").contains("cluster only"),
					where, "the panel to say that it is measured in a cluster only (noValue)");
		}
	}

	private void checkTables() {
		Set<String> alerts = new HashSet<>();
		this.watched.alerts().forEach((alert) -> alerts.add(String.valueOf(alert.get("alert"))));
		this.watched.dashboards().forEach((file, dashboard) -> {
			for (JsonNode panel : dashboard.path("panels")) {
				String title = panel.path("title").asString();
				if (title.equals("Alerts")) {
					alerts
						.forEach((alert) -> require(panel.path("fieldConfig").toString().contains("\"" + alert + "\":"),
								file + ": " + title, "a sentence for " + alert));
				}
				if (title.equals("Who is late")) {
					for (JsonNode target : panel.path("targets")) {
						String expression = target.path("expr").asString();
						require(ONE_ROW.matcher(expression).matches(), file + ": " + title,
								"no other label than service, which would be a row of its own, found " + expression);
					}
				}
			}
		});
	}

	private void require(boolean met, String where, String expected) {
		if (!met) {
			this.faults.add("%s/%s: expected %s".formatted(Watched.DASHBOARDS, where, expected));
		}
	}

}
