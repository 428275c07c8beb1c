package dev.orderflow.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: an order gets all of its lines or none. Method: events are written to the real
 * topic, and the database is read.
 */
@ConsumerTest
class OrderEventsHandlerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static TopicWriter topics;

	@Autowired
	JdbcClient jdbc;

	@BeforeAll
	static void open() {
		topics = new TopicWriter();
	}

	@AfterAll
	static void close() {
		topics.close();
	}

	@Test
	void reservesAllLinesOfAnOrder() {
		OrderPlaced order = anOrderOf(line("SKU-MUG", 3), line("SKU-LAMP", 2));
		long reservedBefore = reserved("SKU-MUG");

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("RESERVED"));
		assertThat(linesOf(order)).containsExactly(Map.entry("SKU-LAMP", 2), Map.entry("SKU-MUG", 3));
		assertThat(reserved("SKU-MUG")).isEqualTo(reservedBefore + 3);
	}

	@Test
	void reservesNothingWhenOneLineIsOutOfStock() {
		OrderPlaced order = anOrderOf(line("SKU-TEAPOT", 3), line("SKU-RUG", 101));
		long reservedBefore = reserved("SKU-TEAPOT");

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("REJECTED"));
		assertThat(reasonOf(order)).isEqualTo("OUT_OF_STOCK");
		assertThat(linesOf(order)).isEmpty();
		assertThat(reserved("SKU-TEAPOT")).isEqualTo(reservedBefore);
	}

	@Test
	void rejectsAnOrderOfAProductThatIsNotStocked() {
		OrderPlaced order = anOrderOf(line("SKU-MUG", 1), line("SKU-UNHEARD-OF", 1));

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("REJECTED"));
		assertThat(reasonOf(order)).isEqualTo("UNKNOWN_SKU");
	}

	private List<String> statusOf(OrderPlaced order) {
		return this.jdbc.sql("select status from reservation where order_id = :id")
			.param("id", order.orderId())
			.query(String.class)
			.list();
	}

	private String reasonOf(OrderPlaced order) {
		return this.jdbc.sql("select reason from reservation where order_id = :id")
			.param("id", order.orderId())
			.query(String.class)
			.single();
	}

	private List<Map.Entry<String, Integer>> linesOf(OrderPlaced order) {
		return this.jdbc.sql("select sku, quantity from reservation_line where order_id = :id order by sku")
			.param("id", order.orderId())
			.query((row, number) -> Map.entry(row.getString("sku"), row.getInt("quantity")))
			.list();
	}

	private long reserved(String sku) {
		return this.jdbc.sql("select reserved from stock where sku = :sku")
			.param("sku", sku)
			.query(Long.class)
			.single();
	}

}
