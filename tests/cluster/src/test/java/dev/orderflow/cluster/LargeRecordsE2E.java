package dev.orderflow.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerServers;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: records as large as a topic takes cost time and nothing else, with the heap that
 * a pod has. Method: inventory-service, inbox and relay in one process, reads 2000
 * unreadable records of nearly 1 MiB, which become dead letters and leave through the
 * outbox again, and orders between them. One in forty consists of empty headers.
 */
class LargeRecordsE2E {

	private static final Duration START_MAX = Duration.ofMinutes(4);

	private static final Duration BOUND = Duration.ofMinutes(8);

	private static final int LARGE = 2000;

	private static final int LARGE_BETWEEN_ORDERS = 40;

	/** Two bytes each on the topic, and a hundred in the heap. */
	private static final int EMPTY_HEADERS = 400_000;

	/** What is left of the largest record for headers and the batch's own bytes. */
	private static final int LARGE_BYTES = Topics.MESSAGE_BYTES_MAX - 4096;

	private static final String SERVICE = "inventory-service";

	private static final String DLQ = Topics.dlq(Topics.ORDERS, SERVICE).name();

	private final Database database = TestServers.database("inventory");

	private final JdbcClient jdbc = JdbcClient
		.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));

	@TempDir
	Path logs;

	@Test
	void passThroughInboxAndRelayWithOrdersBesideThem() {
		ConsumerServers.createTopics(Topics.ORDERS, SERVICE);
		TestServers.createTopics(Topics.source(Topics.STOCK));
		try (ServiceProcess service = ServiceProcess.start(SERVICE, this.logs.resolve("service.log"),
				TestServers.properties(this.database))) {
			service.process().await("to be ready", START_MAX, () -> service.readiness() == 200);
			long deadBefore = ConsumerGroups.lag("nobody", DLQ);

			List<UUID> orders = write();

			service.process()
				.await("to set aside %d records".formatted(LARGE), BOUND,
						() -> count("dead_letter") == LARGE && count("outbox_event") == 0);
			await().atMost(BOUND).until(() -> ConsumerGroups.lag(SERVICE, Topics.ORDERS) == 0);
			assertThat(ConsumerGroups.lag("nobody", DLQ) - deadBefore).isEqualTo(LARGE);
			assertThat(this.jdbc.sql("select order_id from reservation").query(UUID.class).list())
				.containsExactlyInAnyOrderElementsOf(orders);
		}
	}

	private static List<UUID> write() {
		List<UUID> orders = new ArrayList<>();
		byte[] unreadable = "x".repeat(LARGE_BYTES).getBytes(StandardCharsets.UTF_8);
		try (TopicWriter topics = new TopicWriter()) {
			for (int written = 0; written < LARGE; written += LARGE_BETWEEN_ORDERS) {
				List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
				OrderPlaced order = anOrderOf("SKU-MUG", 1);
				records.add(record(Topics.ORDERS, order));
				orders.add(order.orderId());
				records.add(emptyHeaders());
				for (int i = 1; i < LARGE_BETWEEN_ORDERS; i++) {
					records.add(record(Topics.ORDERS, EventType.ORDER_PLACED.type(), UUID.randomUUID(), unreadable));
				}
				topics.write(records);
			}
		}
		return orders;
	}

	private static ProducerRecord<byte[], byte[]> emptyHeaders() {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.ORDERS, new byte[1], new byte[0]);
		for (int i = 0; i < EMPTY_HEADERS; i++) {
			record.headers().add("", null);
		}
		return record;
	}

	private long count(String table) {
		return this.jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
