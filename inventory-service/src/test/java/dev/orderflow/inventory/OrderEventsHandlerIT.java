package dev.orderflow.inventory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import dev.orderflow.test.consumer.PlacedOrders;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: an order gets all of its lines or none, the decision is published once, and a
 * cancellation and a dispatch end the reservation, whichever event comes first. Method:
 * events are written to the real topic, and the database and the topic of the decisions
 * are read.
 */
@ConsumerTest
class OrderEventsHandlerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static TopicWriter topics;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Stock stock;

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
		long reservedBefore = level("SKU-MUG").reserved();

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("RESERVED"));
		assertThat(linesOf(order)).containsExactly(Map.entry("SKU-LAMP", 2), Map.entry("SKU-MUG", 3));
		assertThat(level("SKU-MUG").reserved()).isEqualTo(reservedBefore + 3);
	}

	@Test
	void reservesNothingWhenOneLineIsOutOfStock() {
		OrderPlaced order = anOrderOf(line("SKU-TEAPOT", 3), line("SKU-RUG", 101));
		long reservedBefore = level("SKU-TEAPOT").reserved();

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("REJECTED"));
		assertThat(reasonOf(order)).isEqualTo("OUT_OF_STOCK");
		assertThat(linesOf(order)).isEmpty();
		assertThat(level("SKU-TEAPOT").reserved()).isEqualTo(reservedBefore);
	}

	@Test
	void rejectsAnOrderOfAProductThatIsNotStocked() {
		OrderPlaced order = anOrderOf(line("SKU-MUG", 1), line("SKU-UNHEARD-OF", 1));

		topics.write(record(Topics.ORDERS, order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("REJECTED"));
		assertThat(reasonOf(order)).isEqualTo("UNKNOWN_SKU");
	}

	@Test
	void publishesEachDecisionOnceWithItsCause() {
		OrderPlaced granted = anOrderOf("SKU-MUG", 1);
		OrderPlaced lacking = anOrderOf(line("SKU-MUG", 1), line("SKU-RUG", 101));
		OrderPlaced unknown = anOrderOf(line("SKU-NEVER-STOCKED", 1), line("SKU-RUG", 101));
		List<ProducerRecord<byte[], byte[]>> placed = Stream.of(granted, lacking, unknown)
			.map((order) -> record(Topics.ORDERS, order))
			.toList();

		topics.write(placed);
		topics.write(placed);
		topics.write(List.of(record(Topics.ORDERS, EventType.ORDER_CONFIRMED, granted.orderId(), confirmed(granted)),
				record(Topics.ORDERS, EventType.ORDER_REJECTED, lacking.orderId(), rejected(lacking))));
		ConsumerGroups.awaitNoLag("inventory-service", Topics.ORDERS, BOUND);

		await().atMost(BOUND)
			.untilAsserted(() -> assertThat(Stream.of(granted, lacking, unknown).map(OrderEventsHandlerIT::published))
				.allSatisfy((events) -> assertThat(events).hasSize(1)));
		assertThat(published(granted).getFirst()).satisfies((event) -> {
			assertThat(event.getType()).isEqualTo("dev.orderflow.stock.reserved.v1");
			assertThat(event.getSource()).hasToString("/orderflow/inventory-service");
			assertThat(event.getSubject()).isEqualTo(granted.orderId().toString());
			assertThat(event.getExtension("correlationid")).isEqualTo(granted.orderId().toString());
			assertThat(event.getExtension("causationid")).isEqualTo(idOf(placed.getFirst()));
			assertThat(event.getDataSchema()).isEqualTo(EventType.STOCK_RESERVED.dataSchema());
		});
		assertThat(rejection(lacking)).isEqualTo(new StockRejected(lacking.orderId(), RejectionReason.OUT_OF_STOCK,
				List.of("SKU-RUG"), rejection(lacking).rejectedAt()));
		assertThat(rejection(unknown)).isEqualTo(new StockRejected(unknown.orderId(), RejectionReason.UNKNOWN_SKU,
				List.of("SKU-NEVER-STOCKED"), rejection(unknown).rejectedAt()));
	}

	@Test
	void makesTheUnitsOfACancelledOrderAvailableAgain() {
		OrderPlaced order = anOrderOf(line("SKU-MUG", 3), line("SKU-LAMP", 2));
		StockLevel mugs = level("SKU-MUG");

		write(List.of(placed(order), cancelled(order)));

		assertThat(statusOf(order)).containsExactly("RELEASED");
		assertThat(level("SKU-MUG")).isEqualTo(mugs);
		assertThat(published(order)).extracting(CloudEvent::getType).containsExactly("dev.orderflow.stock.reserved.v1");
	}

	@Test
	void takesTheUnitsOfAShippedOrderFromTheStock() {
		OrderPlaced order = anOrderOf(line("SKU-MUG", 3), line("SKU-LAMP", 2));
		StockLevel mugs = level("SKU-MUG");

		write(List.of(placed(order)));
		write(List.of(shipped(order)));

		assertThat(statusOf(order)).containsExactly("SHIPPED");
		assertThat(linesOf(order)).containsExactly(Map.entry("SKU-LAMP", 2), Map.entry("SKU-MUG", 3));
		assertThat(level("SKU-MUG")).isEqualTo(mugs.reserve(3).ship(3));
	}

	@Test
	void reservesNothingForAnOrderThatWasCancelledBeforeItsPlacement() {
		OrderPlaced order = anOrderOf("SKU-MUG", 3);
		StockLevel mugs = level("SKU-MUG");

		write(List.of(cancelled(order)));
		write(List.of(placed(order)));

		assertThat(statusOf(order)).containsExactly("CANCELLED");
		assertThat(level("SKU-MUG")).isEqualTo(mugs);
		assertThat(published(order)).isEmpty();
	}

	@Test
	void reservesNothingForAnOrderThatWasShippedBeforeItsPlacement() {
		OrderPlaced order = anOrderOf("SKU-MUG", 3);
		StockLevel mugs = level("SKU-MUG");

		write(List.of(shipped(order)));
		write(List.of(placed(order)));

		assertThat(statusOf(order)).containsExactly("SHIPPED");
		assertThat(linesOf(order)).containsExactly(Map.entry("SKU-MUG", 3));
		assertThat(level("SKU-MUG")).isEqualTo(mugs.reserve(3).ship(3));
		assertThat(published(order)).isEmpty();
	}

	@Test
	void setsADispatchWithoutStockAsideAndAppliesTheOthers() {
		OrderPlaced rejected = anOrderOf("SKU-NEVER-STOCKED", 1);
		OrderPlaced other = anOrderOf("SKU-MUG", 1);

		write(List.of(placed(rejected), shipped(rejected), placed(other)));

		assertThat(statusOf(rejected)).containsExactly("REJECTED");
		assertThat(statusOf(other)).containsExactly("RESERVED");
		assertThat(this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", rejected.orderId().toString().getBytes(StandardCharsets.UTF_8))
			.query(String.class)
			.single()).contains("expected its reservation to be RESERVED, found it REJECTED");
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		topics.write(records);
		ConsumerGroups.awaitNoLag("inventory-service", Topics.ORDERS, BOUND);
	}

	private static ProducerRecord<byte[], byte[]> placed(OrderPlaced order) {
		return record(Topics.ORDERS, order);
	}

	private static ProducerRecord<byte[], byte[]> cancelled(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_CANCELLED, order.orderId(), PlacedOrders.cancelled(order));
	}

	private static ProducerRecord<byte[], byte[]> shipped(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_SHIPPED, order.orderId(), PlacedOrders.shipped(order));
	}

	private static List<CloudEvent> published(OrderPlaced order) {
		return TopicReader.read(Topics.STOCK)
			.stream()
			.filter((record) -> order.orderId().toString().equals(new String(record.key(), StandardCharsets.UTF_8)))
			.map((record) -> KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent())
			.toList();
	}

	private static StockRejected rejection(OrderPlaced order) {
		return JsonMapper.shared().readValue(published(order).getFirst().getData().toBytes(), StockRejected.class);
	}

	private static String idOf(ProducerRecord<byte[], byte[]> record) {
		return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
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

	private StockLevel level(String sku) {
		return this.stock.level(sku).orElseThrow();
	}

}
