package dev.orderflow.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.inventory.PlacedOrders.anOrderOf;
import static dev.orderflow.inventory.PlacedOrders.line;
import static dev.orderflow.inventory.PlacedOrders.poison;
import static dev.orderflow.inventory.PlacedOrders.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: whatever arrives on the topics, each order is decided once, and what cannot be
 * decided harms nothing else. Method: records are put on the real topic by hand, and the
 * database and the DLQ are read.
 */
@SpringBootTest(properties = "management.server.port=0", webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrderEventsListenerIT implements InventoryServers {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final String DLQ = Topics.dlq(Topics.ORDERS, SERVICE).name();

	private static TopicWriter topics;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	BindingsLifecycleController bindings;

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

	@Test
	void decidesTheSameEventOnceThoughItIsPublishedTwice() {
		OrderPlaced order = anOrderOf("SKU-CLOCK", 5);
		OrderPlaced last = anOrderOf("SKU-CLOCK", 1);
		long reservedBefore = reserved("SKU-CLOCK");
		var event = record(Topics.ORDERS, order);
		var replayed = new ProducerRecord<>(Topics.replay(Topics.ORDERS, SERVICE).name(), null, event.key(),
				event.value(), event.headers());

		topics.write(event);
		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).hasSize(1));
		topics.write(List.of(event, event, replayed));
		topics.write(record(Topics.ORDERS, last));
		ConsumerGroup.awaitNoLag(SERVICE, BOUND);

		assertThat(statusOf(order)).hasSize(1);
		assertThat(reserved("SKU-CLOCK")).isEqualTo(reservedBefore + 6);
		assertThat(deadLettersOf(order.orderId())).isEmpty();
	}

	@Test
	void decidesAnOrderThatComesOnTheReplayTopic() {
		OrderPlaced order = anOrderOf("SKU-CANDLE", 2);

		topics.write(record(Topics.replay(Topics.ORDERS, SERVICE).name(), order));

		await().atMost(BOUND).untilAsserted(() -> assertThat(statusOf(order)).containsExactly("RESERVED"));
	}

	@Test
	void setsOnePoisonRecordOf500AsideAndDecidesTheOthersOnce() {
		List<OrderPlaced> orders = Collections.nCopies(499, "SKU-PLANT")
			.stream()
			.map((sku) -> anOrderOf(sku, 1))
			.toList();
		ProducerRecord<byte[], byte[]> poison = onOnePartition(poison(Topics.ORDERS));
		poison.headers().add("trace", new byte[] { 0, (byte) 0xff, 7 }).add("trace", null);
		List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>(
				orders.stream().map((order) -> onOnePartition(record(Topics.ORDERS, order))).toList());
		batch.add(271, poison);
		long reservedBefore = reserved("SKU-PLANT");

		this.bindings.changeState("inbox-in-0", State.STOPPED);
		topics.write(batch);
		this.bindings.changeState("inbox-in-0", State.STARTED);

		await().atMost(BOUND).untilAsserted(() -> assertThat(reserved("SKU-PLANT")).isEqualTo(reservedBefore + 499));
		await().atMost(BOUND).untilAsserted(() -> assertThat(onDlq(poison.key())).hasSize(1));
		assertThat(onDlq(null)).as("what is on the DLQ of this batch")
			.filteredOn((record) -> origin(record).equals("5"))
			.hasSize(1);
		ConsumerRecord<byte[], byte[]> dead = onDlq(poison.key()).getFirst();
		assertThat(dead.value()).isEqualTo(poison.value());
		assertThat(headers(dead.headers().toArray()))
			.startsWith(headers(poison.headers().toArray()).toArray(String[]::new));
		assertThat(deadLettersOf(UUID.fromString(new String(poison.key())))).hasSize(1);
		assertThat(orders).allSatisfy((order) -> assertThat(statusOf(order)).containsExactly("RESERVED"));
	}

	private static ProducerRecord<byte[], byte[]> onOnePartition(ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), 5, record.key(), record.value(), record.headers());
	}

	private static String origin(ConsumerRecord<byte[], byte[]> record) {
		return new String(record.headers().lastHeader("dlq-origin-partition").value());
	}

	private static List<String> headers(Header[] headers) {
		return Arrays.stream(headers)
			.map((header) -> header.key() + "=" + Arrays.toString(header.value()))
			.toList();
	}

	/** Records of one key, or all of them, on the DLQ. */
	private static List<ConsumerRecord<byte[], byte[]>> onDlq(byte[] key) {
		return TopicReader.read(DLQ)
			.stream()
			.filter((record) -> key == null || Arrays.equals(key, record.key()))
			.toList();
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

	private List<String> deadLettersOf(UUID orderId) {
		return this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", orderId.toString().getBytes())
			.query(String.class)
			.list();
	}

}
