package dev.orderflow.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Checks that each consumer of {@code orders} has everything that docs/add-a-consumer.md
 * lists. A service counts as a consumer as soon as it has a directory, a module, an entry
 * in services.yaml or an audit.
 */
final class ConsumerChecklist {

	static final String SERVICES = "deploy/setup/src/main/resources/services.yaml";

	static final String RECONCILE = "lab/audit/src/main/java/dev/orderflow/audit/";

	static final String AUDITS = "lab/audit/src/main/resources/META-INF/services/dev.orderflow.audit.ConsumerAudit";

	static final List<String> SCRAPES = List.of("deploy/prometheus/prometheus.yml",
			"deploy/prometheus/prometheus-demo.yml");

	static final String COMPOSE = "docker-compose.yml";

	static final String GATEWAY = "deploy/gateway/nginx.conf";

	private static final String MODEL = "recommendation-service";

	private static final String MODEL_AUDIT = RECONCILE + "RecommendationAudit.java";

	private final Path root;

	private final List<String> missing = new ArrayList<>();

	ConsumerChecklist(Path root) {
		this.root = root;
	}

	/** The names of all consumers, complete or not. */
	SortedSet<String> consumers() {
		SortedSet<String> names = new TreeSet<>(services().keySet());
		try (Stream<Path> directories = Files.list(this.root)) {
			directories.filter((path) -> Files.isDirectory(path.resolve("src")))
				.map((path) -> path.getFileName().toString())
				.filter((name) -> name.endsWith("-service"))
				.forEach(names::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Pattern.compile("<module>(.*-service)</module>")
			.matcher(text("pom.xml"))
			.results()
			.forEach((module) -> names.add(module.group(1)));
		audits().forEach((audit) -> Pattern.compile("return \"(.*-service)\";")
			.matcher(audit)
			.results()
			.forEach((service) -> names.add(service.group(1))));
		services().forEach((name, service) -> {
			if (list(service.get("produces")).contains("orders")) {
				names.remove(name);
			}
		});
		return names;
	}

	/** Missing and deviating items, with the file to copy. */
	List<String> missing() {
		consumers().forEach(this::check);
		return List.copyOf(this.missing);
	}

	private void check(String name) {
		require(name, exists(name + "/pom.xml"), name + "/pom.xml", MODEL + "/pom.xml");
		require(name, text("pom.xml").contains("<module>" + name + "</module>"), "a <module> in pom.xml",
				"the one of " + MODEL);
		require(name, text("tests/journeys/pom.xml").contains("<artifactId>" + name + "</artifactId>"),
				"a dependency in tests/journeys/pom.xml, which builds it before they run", "the one of " + MODEL);
		require(name,
				sources(name, "main", ".java")
					.anyMatch((source) -> source.matches("(?s).*implements (Preparing)?EventHandler<.*"))
						&& sources(name, "main", ".java")
							.anyMatch((source) -> source.contains("return \"%s\";".formatted(name))),
				"an EventHandler of that name",
				MODEL + "/src/main/java/dev/orderflow/recommendation/OrderEventsHandler.java");
		require(name, files(name + "/src/main/resources/db/migration").anyMatch((file) -> file.startsWith("V1__")),
				"a migration V1__*.sql", MODEL + "/src/main/resources/db/migration/V1__create_bought_together.sql");
		require(name,
				sources(name, "test", "IT.java").anyMatch((source) -> source.contains("extends ConsumerContract")),
				"an *IT that extends ConsumerContract",
				MODEL + "/src/test/java/dev/orderflow/recommendation/RecommendationContractIT.java");
		require(name, sources(name, "test", "ConventionsTests.java").findAny().isPresent(), "ConventionsTests",
				MODEL + "/src/test/java/dev/orderflow/recommendation/ConventionsTests.java");
		require(name, audits().anyMatch((audit) -> audit.contains("return \"%s\";".formatted(name))),
				"an audit of it named in " + AUDITS, MODEL_AUDIT);
		checkSettings(name);
	}

	private void checkSettings(String name) {
		String file = name + "/src/main/resources/application.yml";
		Map<String, Object> service = services().get(name);
		require(name, service != null, "an entry in " + SERVICES, "the one of " + MODEL);
		require(name, exists(file), file, MODEL + "/src/main/resources/application.yml");
		if (service == null || !exists(file)) {
			return;
		}
		checkContainers(name, service);
		Map<String, Object> settings = yaml(file);
		int port = (Integer) service.get("port");
		String database = String.valueOf(service.get("database"));
		List<String> topics = list(service.get("consumes")).stream()
			.flatMap((topic) -> Stream.of(topic, topic + ".${spring.application.name}.replay"))
			.toList();
		require(name, topics.contains("orders"), "consumes: [orders] in " + SERVICES, "the entry of " + MODEL);
		agree(file, settings, "spring.application.name", name);
		agree(file, settings, "server.port", port);
		agree(file, settings, "management.server.port", port + 1000);
		agree(file, settings, "orderflow.inbox.topics", String.join(",", topics));
		agree(file, settings, "spring.datasource.url", "jdbc:postgresql://localhost:25432/" + database);
		agree(file, settings, "spring.datasource.username", database);
		agree(file, settings, "spring.flyway.user", database + "_ddl");
		agree(file, settings, "spring.config.import", "classpath:event-starter.yml,classpath:event-starter-inbox.yml");
		for (String scrape : SCRAPES) {
			require(name,
					text(scrape).lines().anyMatch((line) -> line.contains(name) && line.contains("" + (port + 1000))),
					"a scrape of its management port %d in %s".formatted(port + 1000, scrape), "the one of " + MODEL);
		}
		if (exists("docs/requests.http")) {
			require(name, text("docs/requests.http").contains("localhost:" + port),
					"localhost:%d and a request to it in docs/requests.http".formatted(port), "those of " + MODEL);
		}
	}

	/* Its container, and its port at the gateway. */
	private void checkContainers(String name, Map<String, Object> service) {
		Map<?, ?> containers = (Map<?, ?>) yaml(COMPOSE).get("services");
		require(name,
				containers.get(name) instanceof Map<?, ?> container
						&& String.valueOf(container.get("image")).startsWith("orderflow/%s:".formatted(name))
						&& String.valueOf(container.get("build")).contains("SERVICE=" + name + "}")
						&& String.valueOf(container.get("environment")).contains("/" + service.get("database"))
						&& !container.containsKey("ports"),
				"a service with its image, database and no port in " + COMPOSE, "the one of " + MODEL);
		String gatewayPort = "127.0.0.1:%1$s:%1$s".formatted(service.get("port"));
		require(name, text(COMPOSE).contains(gatewayPort), gatewayPort + " of the gateway in " + COMPOSE,
				"the one of " + MODEL);
		int port = (int) service.get("port");
		require(name,
				text(GATEWAY).contains("%d %s;".formatted(port, name))
						&& text(GATEWAY).contains("%d %s;".formatted(port + 1000, name)),
				"its port and its management port in map of " + GATEWAY, "the lines of " + MODEL);
	}

	private void agree(String file, Map<String, Object> settings, String setting, Object expected) {
		Object found = settings;
		for (String key : setting.split("\\.")) {
			found = (found instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		if (!Objects.equals(expected, found)) {
			this.missing.add("%s: expected %s: %s, as %s says, found %s; copy %s/src/main/resources/application.yml"
				.formatted(file, setting, expected, SERVICES, found, MODEL));
		}
	}

	private void require(String consumer, boolean present, String what, String model) {
		if (!present) {
			this.missing.add("%s: expected %s, found none; copy %s".formatted(consumer, what, model));
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Map<String, Object>> services() {
		List<Map<String, Object>> entries = (List<Map<String, Object>>) yaml(SERVICES).get("services");
		Map<String, Map<String, Object>> services = new LinkedHashMap<>();
		entries.forEach((entry) -> services.put(String.valueOf(entry.get("name")), entry));
		return services;
	}

	/** The sources of the registered audits. */
	private Stream<String> audits() {
		return text(AUDITS).lines()
			.map((name) -> RECONCILE + name.substring(name.lastIndexOf('.') + 1) + ".java")
			.filter(this::exists)
			.map(this::text);
	}

	private Stream<String> sources(String service, String kind, String suffix) {
		return files(service + "/src/" + kind + "/java").filter((file) -> file.endsWith(suffix))
			.map((file) -> text(service + "/src/" + kind + "/java/" + file));
	}

	/** All files below a directory, relative to it. */
	private Stream<String> files(String directory) {
		Path start = this.root.resolve(directory);
		if (!Files.isDirectory(start)) {
			return Stream.empty();
		}
		try (Stream<Path> tree = Files.walk(start)) {
			return tree.filter(Files::isRegularFile).map((path) -> start.relativize(path).toString()).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean exists(String file) {
		return Files.isRegularFile(this.root.resolve(file));
	}

	private String text(String file) {
		try {
			return Files.readString(this.root.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, Object> yaml(String file) {
		return new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
	}

	private static List<String> list(Object value) {
		return (value instanceof List<?> items) ? items.stream().map(String::valueOf).toList()
				: Collections.emptyList();
	}

}
