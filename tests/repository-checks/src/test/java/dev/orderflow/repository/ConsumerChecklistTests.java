package dev.orderflow.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an incomplete consumer fails the build, and the message names the missing item
 * and the file to copy. Method: the repository's own files are checked; then copies that
 * each lack one item.
 */
class ConsumerChecklistTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private static final String AUDIT = ConsumerChecklist.RECONCILE + "AnalyticsAudit.java";

	@TempDir
	Path copy;

	@BeforeEach
	void copySources() throws IOException {
		copySourcesAgain("pom.xml");
		Files.createDirectories(this.copy.resolve("docs"));
		copySourcesAgain("docs/requests.http");
		copy(Files.walk(ROOT.resolve("deploy/prometheus")));
		for (MatchResult module : Pattern.compile("<module>(.*-service|lab/audit|deploy/setup|tests/journeys)</module>")
			.matcher(Files.readString(ROOT.resolve("pom.xml")))
			.results()
			.toList()) {
			copyModule(ROOT.resolve(module.group(1)));
		}
	}

	@BeforeEach
	void copyContainers() throws IOException {
		Files.createDirectories(this.copy.resolve(ConsumerChecklist.GATEWAY).getParent());
		copySourcesAgain(ConsumerChecklist.COMPOSE);
		copySourcesAgain(ConsumerChecklist.GATEWAY);
	}

	private void copyModule(Path module) throws IOException {
		copy(Stream.concat(Stream.of(module.resolve("pom.xml")),
				Files.isDirectory(module.resolve("src")) ? Files.walk(module.resolve("src")) : Stream.empty()));
	}

	private void copy(Stream<Path> all) throws IOException {
		try (Stream<Path> files = all) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = this.copy.resolve(ROOT.relativize(file));
				Files.createDirectories(target.getParent());
				Files.copy(file, target);
			}
		}
	}

	@Test
	void everyConsumerIsComplete() {
		assertThat(new ConsumerChecklist(ROOT).missing()).isEmpty();
	}

	@Test
	void knowsTheConsumersAndNotTheirProducer() {
		assertThat(new ConsumerChecklist(ROOT).consumers())
			.contains("inventory-service", "recommendation-service", "analytics-service", "shipping-service")
			.doesNotContain("order-service");
	}

	@ParameterizedTest
	@CsvSource({ "pom.xml", "src/main/resources/application.yml",
			"src/main/resources/db/migration/V1__create_sales_by_hour.sql",
			"src/main/java/dev/orderflow/analytics/OrderEventsHandler.java",
			"src/test/java/dev/orderflow/analytics/AnalyticsContractIT.java",
			"src/test/java/dev/orderflow/analytics/ConventionsTests.java" })
	void namesAMissingFile(String file) throws IOException {
		Files.delete(this.copy.resolve("analytics-service").resolve(file));

		assertThat(missing()).singleElement()
			.asString()
			.contains("analytics-service",
					"copy recommendation-service/" + file.substring(0, Math.min(13, file.length())));
	}

	@Test
	void namesAMissingOrUnregisteredAudit() throws IOException {
		replace(ConsumerChecklist.AUDITS, "dev.orderflow.audit.AnalyticsAudit", "");
		assertThat(missing()).singleElement().asString().contains("analytics-service", "RecommendationAudit.java");

		copySourcesAgain(ConsumerChecklist.AUDITS);
		Files.delete(this.copy.resolve(AUDIT));
		assertThat(missing()).singleElement().asString().contains("analytics-service", "RecommendationAudit.java");
	}

	@ParameterizedTest
	@CsvSource({ "pom.xml, <module>analytics-service</module>, a <module> in pom.xml",
			"tests/journeys/pom.xml, <artifactId>analytics-service</artifactId>, tests/journeys/pom.xml",
			"deploy/setup/src/main/resources/services.yaml, name: analytics-service, services.yaml" })
	void namesAMissingEntry(String file, String entry, String message) throws IOException {
		replace(file, entry, entry.replace("analytics-service", "another"));

		assertThat(missing()).anySatisfy((missing) -> assertThat(missing).startsWith("analytics-service")
			.contains(message, "copy the one of recommendation-service"));
	}

	@ParameterizedTest
	@CsvSource({ "port: 8083, port: 8183, server.port", "port: 9083, port: 9093, management.server.port",
			"name: analytics-service, name: analytic-service, spring.application.name",
			"25432/analytics, 25432/analysis, spring.datasource.url",
			"username: analytics, username: analyst, spring.datasource.username",
			"user: analytics_ddl, user: analytics, spring.flyway.user",
			"topics: orders, topics: order, orderflow.inbox.topics" })
	void namesADeviatingSetting(String setting, String other, String name) throws IOException {
		replace("analytics-service/src/main/resources/application.yml", setting, other);

		assertThat(missing()).singleElement()
			.asString()
			.startsWith("analytics-service/src/main/resources/application.yml: expected " + name);
	}

	@ParameterizedTest
	@CsvSource({ "docker-compose.yml, SERVICE: analytics-service, docker-compose.yml",
			"docker-compose.yml, orderflow/analytics-service:, docker-compose.yml",
			"docker-compose.yml, 127.0.0.1:8083:8083, 127.0.0.1:8083:8083 of the gateway",
			"deploy/gateway/nginx.conf, 8083 analytics-service;, deploy/gateway/nginx.conf" })
	void namesAConsumerWithoutContainerOrAddress(String file, String entry, String message) throws IOException {
		replace(file, entry, entry.replace("8083", "8183").replace("analytics", "another"));

		assertThat(missing()).singleElement()
			.asString()
			.startsWith("analytics-service")
			.contains(message, "of recommendation-service");
	}

	@Test
	void noticesAConsumerThatIsOnlyADirectory() throws IOException {
		Files.createDirectories(this.copy.resolve("nobody-service/src/main/java"));

		assertThat(missing()).hasSize(10).allMatch((missing) -> missing.startsWith("nobody-service"));
	}

	@Test
	void namesAConsumerWithoutARequestToTry() throws IOException {
		replace("docs/requests.http", "localhost:8083", "localhost");

		assertThat(missing()).singleElement().asString().contains("analytics-service", "docs/requests.http");
	}

	@ParameterizedTest
	@CsvSource({ "deploy/prometheus/prometheus.yml", "deploy/prometheus/prometheus-demo.yml" })
	void namesAConsumerThatIsNotScraped(String file) throws IOException {
		replace(file, "9083", "9093");

		assertThat(missing()).singleElement().asString().contains("analytics-service", "9083", file);
	}

	private void copySourcesAgain(String file) throws IOException {
		Files.writeString(this.copy.resolve(file), Files.readString(ROOT.resolve(file)));
	}

	private void replace(String file, String text, String other) throws IOException {
		String content = Files.readString(this.copy.resolve(file));
		assertThat(content).contains(text);
		Files.writeString(this.copy.resolve(file), content.replace(text, other));
	}

	private List<String> missing() {
		return new ConsumerChecklist(this.copy).missing();
	}

}
