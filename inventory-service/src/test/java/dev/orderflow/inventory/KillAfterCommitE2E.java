package dev.orderflow.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ChildJvm;
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
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a consumer killed between the commit of its transaction and the commit of its
 * offsets loses no effect and doubles none. Method: a real process is killed at that
 * point; another one reads the same records again; topic and database are compared.
 */
class KillAfterCommitE2E {

	private static final Duration BOUND = Duration.ofSeconds(90);

	private static final String SERVICE = "inventory-service";

	private static final String TOPIC = "orders-kill";

	private static final String GROUP = "inventory-service-kill";

	@TempDir
	Path logs;

	@Test
	void losesNothingAndDoublesNothing() {
		ConsumerServers.createTopics(TOPIC, SERVICE);
		TestServers.createTopics(Topics.source(Topics.STOCK));
		Database database = TestServers.database("inventory_kill");
		JdbcClient jdbc = JdbcClient
			.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
		List<OrderPlaced> orders = IntStream.range(0, 200).mapToObj((number) -> anOrderOf("SKU-MUG", 2)).toList();
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(orders.stream().map((order) -> record(TOPIC, order)).toList());
		}

		killAfterCommit(database);
		long effectsOfTheKilled = count(jdbc, "select count(*) from reservation");
		assertThat(effectsOfTheKilled).isPositive();
		assertThat(ConsumerGroups.lag(GROUP, TOPIC)).as("offsets are not committed").isEqualTo(200);

		try (ChildJvm second = start(database, List.of())) {
			second.await("to read everything", BOUND, () -> ConsumerGroups.lag(GROUP, TOPIC) == 0);
		}

		assertThat(jdbc.sql("select order_id from reservation where status = 'RESERVED'").query(UUID.class).list())
			.containsExactlyInAnyOrderElementsOf(orders.stream().map(OrderPlaced::orderId).toList());
		assertThat(count(jdbc, "select reserved from stock where sku = 'SKU-MUG'")).isEqualTo(400);
		assertThat(count(jdbc, "select count(*) from inbox_marker")).isEqualTo(200);
		assertThat(count(jdbc, "select count(*) from dead_letter")).isZero();
		assertThat(TopicReader.read(Topics.dlq(TOPIC, SERVICE).name())).isEmpty();
	}

	private void killAfterCommit(Database database) {
		try (ChildJvm first = start(database, List.of("--spring.main.sources=" + PauseAfterCommit.class.getName()))) {
			first.awaitOutput(PauseAfterCommit.PAUSED, BOUND);
			first.sigkill();
		}
	}

	private ChildJvm start(Database database, List<String> more) {
		List<String> arguments = new ArrayList<>(more);
		Map<String, String> settings = TestServers.properties(database);
		settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		arguments.add("--server.port=0");
		arguments.add("--management.server.port=0");
		arguments.add("--orderflow.inbox.topics=" + TOPIC + "," + TOPIC + "." + SERVICE + ".replay");
		arguments.add("--spring.cloud.stream.bindings.inbox-in-0.group=" + GROUP);
		return ChildJvm.start(this.logs, InventoryServiceApplication.class, arguments);
	}

	private static long count(JdbcClient jdbc, String sql) {
		return jdbc.sql(sql).query(Long.class).single();
	}

}
