package dev.orderflow.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Checks of dashboards that need no Grafana: panels do not overlap, each has a unit and a
 * description, and the targets of their links exist.
 */
final class DashboardChecklist {

	/** Grafana's grid. */
	private static final int COLUMNS = 24;

	private static final Set<String> WITHOUT_UNIT = Set.of("row", "text");

	private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)\\?.*");

	private static final Pattern RUNBOOK = Pattern.compile("\\$\\{runbooks}/(\\w+\\.md)");

	private static final String RUNBOOK_OF_ALERT = "${runbooks}/${__value.text}.md";

	private final Watched watched;

	private final List<String> faults = new ArrayList<>();

	private final Map<String, String> fileOfUid = new HashMap<>();

	DashboardChecklist(Watched watched) {
		this.watched = watched;
	}

	List<String> faults() {
		Map<String, JsonNode> dashboards = this.watched.dashboards();
		dashboards.forEach((file, dashboard) -> {
			String other = this.fileOfUid.put(dashboard.path("uid").asString(), file);
			require(other == null, file, "a uid of its own, found that of " + other);
		});
		dashboards.forEach(this::check);
		return List.copyOf(this.faults);
	}

	private void check(String file, JsonNode dashboard) {
		Set<String> cells = new TreeSet<>();
		Set<Integer> ids = new TreeSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			String where = "%s: %s".formatted(file, panel.path("title").asString());
			require(ids.add(panel.path("id").asInt()), where, "an id of its own, found " + panel.path("id"));
			checkPlace(where, panel.path("gridPos"), cells);
			if (!panel.path("type").asString().equals("row")) {
				require(!panel.path("description").asString().isBlank(), where, "a description, found none");
			}
			if (!WITHOUT_UNIT.contains(panel.path("type").asString())) {
				checkFigures(where, panel);
			}
			checkLinks(where, panel);
		}
		checkSources(file, dashboard);
	}

	private void checkPlace(String where, JsonNode place, Set<String> cells) {
		int x = place.path("x").asInt();
		int y = place.path("y").asInt();
		require(x + place.path("w").asInt() <= COLUMNS, where, "to end at column %d".formatted(COLUMNS));
		for (int column = x; column < x + place.path("w").asInt(); column++) {
			for (int line = y; line < y + place.path("h").asInt(); line++) {
				if (!cells.add(column + "," + line)) {
					require(false, where,
							"a place of its own, found another panel at column %d, line %d".formatted(column, line));
					return;
				}
			}
		}
	}

	private void checkFigures(String where, JsonNode panel) {
		require(!panel.path("fieldConfig").path("defaults").path("unit").asString("").isBlank(), where,
				"a unit, found none");
		require(!panel.path("targets").isEmpty(), where, "an expression, found none");
		Set<String> refs = new TreeSet<>();
		for (JsonNode target : panel.path("targets")) {
			require(refs.add(target.path("refId").asString()), where, "a refId for each expression");
			require(!target.path("expr").asString("").isBlank(), where, "an expression, found an empty one");
		}
	}

	private void checkLinks(String where, JsonNode panel) {
		for (String link : panel.findValuesAsString("url")) {
			Matcher url = LINK.matcher(link);
			require((url.matches() && this.fileOfUid.containsKey(url.group(1))) || link.equals(RUNBOOK_OF_ALERT), where,
					"a link to one of %s, or %s, found %s".formatted(this.fileOfUid.keySet(), RUNBOOK_OF_ALERT, link));
		}
		List<String> runbooks = this.watched.files(Watched.RUNBOOKS);
		RUNBOOK.matcher(panel.path("options").path("content").asString(""))
			.results()
			.map((runbook) -> runbook.group(1))
			.forEach((runbook) -> require(runbooks.contains(runbook), where,
					"the runbook %s/%s, found none".formatted(Watched.RUNBOOKS, runbook)));
	}

	private void checkSources(String file, JsonNode dashboard) {
		Set<String> sources = this.watched.sources();
		String chosen = dashboard.path("templating").path("list").path(0).path("current").path("value").asString("");
		require(sources.contains(chosen), file, "a data source among %s, found %s".formatted(sources, chosen));
		for (JsonNode panel : dashboard.path("panels")) {
			for (JsonNode target : panel.path("targets")) {
				require(target.has("datasource"), file + ": " + panel.path("title").asString(),
						"a data source for each expression, found none");
			}
		}
	}

	private void require(boolean met, String where, String expected) {
		if (!met) {
			this.faults.add("%s/%s: expected %s".formatted(Watched.DASHBOARDS, where, expected));
		}
	}

}
