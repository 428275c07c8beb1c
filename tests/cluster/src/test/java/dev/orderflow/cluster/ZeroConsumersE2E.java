package dev.orderflow.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.poison;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: with the settings of the cluster a service works at zero consumers, and what
 * waited is processed once one starts; no process needs the others to be there first.
 * Method: real processes of inventory-service, in the order in which the least is there:
 * no tables, no broker, no consumer.
 */
class ZeroConsumersE2E {

	private static final Duration BOUND = Duration.ofMinutes(4);

	/** Well below the grace period of a pod. */
	private static final Duration STOP_MAX = Duration.ofSeconds(20);

	private static final String SERVICE = "inventory-service";

	private static final String REPLAY = Topics.replay(Topics.ORDERS, SERVICE).name();

	private static final String DLQ = Topics.dlq(Topics.ORDERS, SERVICE).name();

	private final Database database = TestServers.database("inventory");

	private final JdbcClient jdbc = JdbcClient
		.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));

	@TempDir
	Path logs;

	@Test
	void theRestGoesOnAndWhatWaitsIsProcessedOnceAConsumerStarts() {
		ConsumerServers.createTopics(Topics.ORDERS, SERVICE);
		TestServers.kafka().stop();
		try (ServiceProcess api = start("api", Map.of("orderflow.role", "api", "orderflow.migration", "await"))) {
			startAndStopAConsumerWithoutTables();
			api.process().awaitOutput("waiting for migrations", BOUND);
			migrate();
			api.process().await("to be ready without a broker", BOUND, () -> api.readiness() == 200);
			startAndStopAConsumerWithoutABroker();
			TestServers.kafka().start();

			OrderPlaced waiting = anOrderOf("SKU-MUG", 2);
			putOnTopics(waiting);
			append("pending");
			await().atMost(BOUND).until(() -> onDlq() == 1);
			assertThat(api.get("/stock/SKU-MUG").body()).contains("\"reserved\":0");
			assertThat(ConsumerGroups.lag(SERVICE, REPLAY)).isOne();

			try (ServiceProcess consumer = start("consumer", consumerSettings())) {
				consumer.process().await("to be ready", BOUND, () -> consumer.readiness() == 200);
				ConsumerGroups.awaitNoLag(SERVICE, REPLAY, BOUND);
				await().atMost(BOUND).until(() -> onDlq() == 2);
				assertThat(this.jdbc.sql("select order_id from reservation").query(UUID.class).list())
					.containsExactly(waiting.orderId());
				assertThat(relaySessions()).as("one of the api process").isEqualTo(1);
			}
		}
	}

	private void migrate() {
		try (ServiceProcess job = start("job", Map.of("orderflow.migration", "only"))) {
			assertThat(job.process().awaitExit(BOUND)).as(job.process().output()).isZero();
			assertThat(job.process().output()).doesNotContain("Tomcat", "outbox relay leads", "kafka");
		}
	}

	private void startAndStopAConsumerWithoutTables() {
		try (ServiceProcess early = start("first", consumerSettings())) {
			early.process().awaitOutput("waiting for migrations", BOUND);
			assertEndsBySigterm(early);
		}
	}

	private void startAndStopAConsumerWithoutABroker() {
		try (ServiceProcess early = start("second", consumerSettings())) {
			early.process().awaitOutput("waiting for topics: expected=[orders, " + REPLAY, BOUND);
			early.process().await("to answer without a broker", BOUND, () -> early.readiness() == 503);
			assertThat(early.get("/stock/SKU-MUG").statusCode()).isEqualTo(200);
			assertEndsBySigterm(early);
		}
	}

	private static void assertEndsBySigterm(ServiceProcess service) {
		service.process().requestStop();
		assertThat(service.process().awaitExit(STOP_MAX)).as("ended by SIGTERM").isEqualTo(128 + 15);
	}

	/** Without the owner's password, as in the cluster. */
	private static Map<String, String> consumerSettings() {
		return Map.of("orderflow.role", "consumer", "orderflow.migration", "await", "spring.flyway.password", "none");
	}

	private static void putOnTopics(OrderPlaced order) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(List.of(record(REPLAY, order), poison(Topics.ORDERS)));
		}
	}

	private void append(String key) {
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				values (:topic, convert_to(:key, 'UTF8'), '{}', '{}', '')""")
			.param("topic", DLQ)
			.param("key", key)
			.update();
	}

	private static int onDlq() {
		return TopicReader.read(DLQ).size();
	}

	/**
	 * Every process with a relay holds the lock or asks for it, on a session of this
	 * name.
	 */
	private long relaySessions() {
		return this.jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and application_name = 'outbox-relay-lock'""")
			.query(Long.class)
			.single();
	}

	private ServiceProcess start(String name, Map<String, String> more) {
		Map<String, String> settings = new HashMap<>(TestServers.properties(this.database));
		settings.putAll(more);
		return ServiceProcess.start(SERVICE, this.logs.resolve(name + ".log"), settings);
	}

}
