package dev.orderflow.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards and rules of a repository. */
final class Watched {

	static final String DASHBOARDS = "deploy/grafana/dashboards";

	static final String RULES = "deploy/prometheus/rules";

	static final String RULE_TESTS = "deploy/prometheus/tests";

	static final String RUNBOOKS = "docs/runbooks";

	static final String NO_DATA = "deploy/prometheus/no-data.tsv";

	static final String SOURCES = "deploy/grafana/provisioning/datasources/datasources.yml";

	/** Rule tests share their series by aliases. */
	private static final int ALIASES_MAX = 1000;

	private final Path root;

	Watched(Path root) {
		this.root = root;
	}

	/** Each dashboard by its file's name. */
	Map<String, JsonNode> dashboards() {
		Map<String, JsonNode> dashboards = new LinkedHashMap<>();
		files(DASHBOARDS).forEach((file) -> dashboards.put(file, JsonMapper.shared().readTree(text(DASHBOARDS, file))));
		return dashboards;
	}

	/** Recording rules and alerts of all groups. */
	@SuppressWarnings("unchecked")
	List<Map<String, Object>> rules() {
		return files(RULES).stream()
			.flatMap((file) -> ((List<Map<String, Object>>) yaml(RULES, file).get("groups")).stream())
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
	}

	List<Map<String, Object>> alerts() {
		return rules().stream().filter((rule) -> rule.containsKey("alert")).toList();
	}

	/** Every expression, by its place. */
	Map<String, List<String>> expressions() {
		Map<String, List<String>> expressions = new LinkedHashMap<>();
		dashboards().forEach((file, dashboard) -> dashboard.get("panels").forEach((panel) -> {
			List<String> found = expressions.computeIfAbsent(file + ": " + panel.path("title").asString(),
					(where) -> new ArrayList<>());
			panel.path("targets").forEach((target) -> found.add(target.get("expr").asString()));
		}));
		for (Map<String, Object> rule : rules()) {
			String name = String.valueOf(rule.getOrDefault("alert", rule.get("record")));
			expressions.computeIfAbsent("rule " + name, (where) -> new ArrayList<>())
				.add(String.valueOf(rule.get("expr")));
		}
		return expressions;
	}

	/**
	 * The metrics that rules record, and those that no process of this repository
	 * exports.
	 */
	Set<String> knownElsewhere() {
		Set<String> names = new LinkedHashSet<>();
		names.add("ALERTS_FOR_STATE"); // Prometheus writes it beside ALERTS: since when
		rules().stream().map((rule) -> rule.get("record")).forEach((name) -> names.add(String.valueOf(name)));
		text("", NO_DATA).lines()
			.map((line) -> line.split("\t"))
			.filter((columns) -> columns.length == 3 && columns[1].equals("outside"))
			.forEach((columns) -> names.add(columns[0]));
		return names;
	}

	/** The metrics that are exported in a cluster only. */
	Set<String> onlyInTheCluster() {
		return text("", NO_DATA).lines()
			.map((line) -> line.split("\t"))
			.filter((columns) -> columns.length == 3 && columns[2].contains("in the cluster only"))
			.map((columns) -> columns[0])
			.collect(Collectors.toSet());
	}

	@SuppressWarnings("unchecked")
	List<Map<String, Object>> ruleTests() {
		return files(RULE_TESTS).stream()
			.flatMap((file) -> ((List<Map<String, Object>>) yaml(RULE_TESTS, file).get("tests")).stream())
			.toList();
	}

	@SuppressWarnings("unchecked")
	Set<String> sources() {
		Set<String> uids = new LinkedHashSet<>();
		((List<Map<String, Object>>) yaml("", SOURCES).get("datasources"))
			.forEach((source) -> uids.add(String.valueOf(source.get("uid"))));
		return uids;
	}

	/** The services that consume orders, and do not place them. */
	Set<String> consumers() {
		return Topology.load()
			.services()
			.stream()
			.filter((service) -> !service.consumes().isEmpty() && !service.produces().contains("orders"))
			.map(Service::name)
			.collect(Collectors.toSet());
	}

	List<String> services() {
		return Topology.load().services().stream().map(Service::name).toList();
	}

	/** The names of the files of a directory, sorted. */
	List<String> files(String directory) {
		try (Stream<Path> files = Files.list(this.root.resolve(directory))) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, Object> yaml(String directory, String file) {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(ALIASES_MAX);
		return new Yaml(new SafeConstructor(options)).load(text(directory, file));
	}

	private String text(String directory, String file) {
		try {
			return Files.readString(this.root.resolve(directory).resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
