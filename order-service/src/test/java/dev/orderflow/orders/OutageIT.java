package dev.orderflow.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.server.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: while its database is down or a table is locked the service answers 503 and stays
 * alive, and afterwards it works again. Method: its own PostgreSQL is stopped and started
 * while it runs; then another session holds a lock.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(Api.class)
@DirtiesContext
class OutageIT {

	private static final Duration BACK_MAX = Duration.ofSeconds(30);

	private static TestPostgres postgres;

	@Autowired
	private Api api;

	@Autowired
	private DataSource database;

	@DynamicPropertySource
	static void servers(DynamicPropertyRegistry registry) {
		postgres = TestServers.newPostgres();
		TestServers.createTopics(Topics.source(Topics.ORDERS));
		Map<String, String> properties = new LinkedHashMap<>(TestServers.properties(postgres.createDatabase("orders")));
		properties.forEach((name, value) -> registry.add(name, () -> value));
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Test
	void answersThatItIsUnavailableUntilTheDatabaseIsBack() {
		String location = this.api.post(Fixtures.aValidBody()).header("Location");
		UUID order = UUID.fromString(location.substring("/orders/".length()));

		postgres.stop();

		assertThatItIsUnavailable(this.api.post(Fixtures.aValidBody()));
		assertThatItIsUnavailable(this.api.post(Fixtures.aValidBody(), "outage"));
		assertThatItIsUnavailable(this.api.get(location));
		assertThatItIsUnavailable(this.api.cancel(order));
		assertThatItIsUnavailable(this.api.get("/products"));
		assertThat(this.api.getFromManagement("/actuator/health/readiness").status()).isEqualTo(200);
		assertThat(this.api.getFromManagement("/actuator/health/liveness").status()).isEqualTo(200);

		postgres.start();

		Awaitility.await().atMost(BACK_MAX).until(() -> this.api.post(Fixtures.aValidBody()).status() == 201);
		assertThat(this.api.get(location).status()).isEqualTo(200);
		assertThat(this.api.post(Fixtures.aValidBody(), "outage").status()).isEqualTo(201);
		assertThat(this.api.cancel(order).status()).isEqualTo(202);
	}

	/** A migration or a person may hold such a lock for longer than lock_timeout. */
	@Test
	void answersThatItIsUnavailableWhileTheOutboxIsLocked() throws SQLException {
		try (Connection other = this.database.getConnection(); Statement lock = other.createStatement()) {
			other.setAutoCommit(false);
			lock.execute("lock table outbox_event in access exclusive mode");

			assertThatItIsUnavailable(this.api.post(Fixtures.aValidBody()));

			other.rollback();
		}
		assertThat(this.api.post(Fixtures.aValidBody()).status()).isEqualTo(201);
	}

	/** A batch of judgements may wait for another order while it holds this one. */
	@Test
	void answersThatItIsUnavailableWhileTheOrderIsLocked() throws SQLException {
		UUID order = UUID.fromString(this.api.post(Fixtures.aValidBody()).body().get("orderId").asString());
		try (Connection other = this.database.getConnection(); Statement lock = other.createStatement()) {
			other.setAutoCommit(false);
			lock.execute("select from customer_order where id = '%s' for no key update".formatted(order));

			assertThatItIsUnavailable(this.api.cancel(order));

			other.rollback();
		}
		assertThat(this.api.cancel(order).status()).isEqualTo(202);
	}

	private static void assertThatItIsUnavailable(Api.Answer answer) {
		assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.header("Retry-After")).isEqualTo("5");
		assertThat(answer.body().get("type").asString()).isEqualTo("https://orderflow.dev/problems/unavailable");
		assertThat(answer.body().get("instance").asString()).startsWith("urn:uuid:");
		assertThat(answer.response().body()).doesNotContain("Exception", "localhost", "Hikari");
	}

}
