package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the reconciler accepts correct data and reports each kind of error. Method: real
 * servers, and tables with the columns that it reads, with one reserved and one rejected
 * order; each test breaks one thing.
 */
class ReconcilerIT {

	/** Without the other consumers, whose audits {@link ConsumerAuditsIT} tests. */
	private static final Topology TOPOLOGY = new Topology(
			List.of(Topology.load().service("order-service"), Topology.load().service("inventory-service")));

	private static final UUID RESERVED = UUID.fromString("01981c7e-0000-7000-8000-000000000001");

	private static final UUID REJECTED = UUID.fromString("01981c7e-0000-7000-8000-000000000002");

	/** The reserved order is confirmed, but not shipped yet. */
	private static final long IN_FLIGHT = 1;

	private static final String DLQ = Topics.dlq("orders", "inventory-service").name();

	private static PostgresServer postgres;

	private static KafkaServer kafka;

	private static Database orders;

	private static Database inventory;

	private static Reconciler reconciler;

	@BeforeAll
	static void start(@TempDir Path directory) throws SQLException {
		postgres = PostgresServer.start(Ports.free(), directory.resolve("postgres"), directory.resolve("postgres.log"));
		kafka = KafkaServer.start(Ports.free(), directory.resolve("kafka"), directory.resolve("kafka.log"));
		orders = postgres.createDatabase("orders");
		inventory = postgres.createDatabase("inventory");
		execute(orders,
				"""
						create table customer_order (id uuid primary key, total_cents bigint, placed_at timestamptz, status text);
						create table order_line (order_id uuid, sku text, quantity int, unit_price_cents bigint);
						create table outbox_event (id int);
						create table dead_letter (origin_topic text, origin_partition int, origin_offset bigint);
						create table order_event (order_id uuid, event_id text, position bigint, source text);
						""");
		execute(inventory, """
				create table reservation (order_id uuid primary key, status text);
				create table reservation_line (order_id uuid, sku text, quantity int);
				create table stock (sku text primary key, stocked bigint, on_hand bigint, reserved bigint);
				create table outbox_event (id int);
				create table dead_letter (origin_topic text, origin_partition int, origin_offset bigint);
				""");
		kafka.createTopics(TOPOLOGY.topics());
		reconciler = new Reconciler(TOPOLOGY, Map.of("order-service", orders, "inventory-service", inventory),
				kafka.bootstrapServers());
	}

	@AfterAll
	static void stop() {
		kafka.close();
		postgres.close();
	}

	@BeforeEach
	void fillWithCorrectData() throws Exception {
		execute(orders, """
				truncate customer_order, order_line, order_event, outbox_event, dead_letter;
				insert into order_event
				values ('%1$s', 'event-1', 1, '/orderflow/order-service'),
				  ('%2$s', 'event-2', 2, '/orderflow/order-service'),
				  ('%1$s', 'event-7', 3, '/orderflow/inventory-service'),
				  ('%1$s', 'event-8', 4, '/orderflow/order-service'),
				  ('%2$s', 'event-9', 5, '/orderflow/order-service');
				insert into customer_order
				values ('%1$s', 1000, now(), 'CONFIRMED'), ('%2$s', 2400, now(), 'REJECTED');
				insert into order_line
				values ('%1$s', 'SKU-MUG', 2, 100), ('%1$s', 'SKU-RUG', 1, 800), ('%2$s', 'SKU-RUG', 3, 800);
				""".formatted(RESERVED, REJECTED));
		execute(inventory, """
				truncate reservation, reservation_line, stock, outbox_event, dead_letter;
				insert into reservation values ('%1$s', 'RESERVED'), ('%2$s', 'REJECTED');
				insert into reservation_line values ('%1$s', 'SKU-MUG', 2), ('%1$s', 'SKU-RUG', 1);
				insert into stock values ('SKU-MUG', 10, 10, 2), ('SKU-RUG', 3, 3, 1), ('SKU-LAMP', 5, 5, 0);
				""".formatted(RESERVED, REJECTED));
		emptyTopics();
		publish("orders", RESERVED, "event-1", REJECTED, "event-2");
		publish(EventType.ORDER_CONFIRMED, RESERVED, "event-8");
		publish(EventType.ORDER_REJECTED, REJECTED, "event-9");
	}

	@Test
	void acceptsCorrectData() {
		Reconciliation found = reconciler.reconcile(Optional.of(Set.of(RESERVED, REJECTED)));

		assertThat(found.failures()).isEmpty();
		assertThat(found.table()).contains("orders decided by inventory").doesNotContain("NO");
		assertThat(reconciler.remaining()).isEqualTo(IN_FLIGHT);
	}

	@Test
	void allowsDuplicatesOnTheTopic() throws Exception {
		publish("orders", RESERVED, "event-1");

		Reconciliation found = reconciler.reconcile(Optional.empty());

		assertThat(found.failures()).isEmpty();
		assertThat(found.checks()).anySatisfy((check) -> {
			assertThat(check.what()).startsWith("duplicates");
			assertThat(check.found()).isEqualTo("1");
		});
	}

	@Test
	void namesAnAcceptedOrderThatIsNotStored() {
		UUID lost = UUID.randomUUID();

		assertFailure(reconciler.reconcile(Optional.of(Set.of(RESERVED, REJECTED, lost))),
				"orders stored, of those accepted", "missing " + lost);
	}

	@Test
	void namesAnOrderThatNeverReachedTheTopic() throws Exception {
		emptyTopics();
		publish("orders", RESERVED, "event-1");

		assertFailure("orders on the topic", "missing " + REJECTED);
	}

	@Test
	void namesRecordsWhoseKeyIsNoOrderId() throws Exception {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (byte[] key : Arrays.asList(null, "no order".getBytes(StandardCharsets.UTF_8))) {
				ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("orders", 3, key, new byte[0]);
				record.headers().add("ce_type", EventType.ORDER_PLACED.type().getBytes(StandardCharsets.UTF_8));
				record.headers().add("ce_id", null);
				producer.send(record).get(20, TimeUnit.SECONDS);
			}
		}

		Reconciliation found = reconciler.reconcile(Optional.empty());

		assertThat(found.failures()).extracting(Check::what)
			.containsExactly("records on the topic whose key is no order id");
		assertThat(found.failures().getFirst().found()).isEqualTo("2");
		assertThat(found.failures().getFirst().examples())
			.allMatch((example) -> example.startsWith("partition 3, offset "));
	}

	@Test
	void findsAnOrderThatWasPublishedAsTwoEvents() throws Exception {
		publish("orders", RESERVED, "event-3");

		assertFailure("orders whose events on the topic lead to their status", RESERVED + ": is CONFIRMED");
	}

	/** The same events, of which the second one was published before the first. */
	@Test
	void namesAnOrderWhoseEventsOvertookOneAnother() throws Exception {
		execute(orders, "update order_event set position = 10 - position");

		assertFailure("orders whose events keep the sequence of the outbox",
				RESERVED + ": expected [event-8, event-1], found [event-1, event-8]");
	}

	@Test
	void acceptsExactlyThePoisonAsDeadLetters() throws Exception {
		RecordOrigin poison = new RecordOrigin("orders", 3, 17);
		Set<RecordOrigin> all = Set.of(poison, new RecordOrigin("orders.another-service.replay", 0, 1));
		assertFailure(reconciler.reconcile(Optional.empty(), all), "dead letters of inventory-service",
				"missing " + poison);
		execute(inventory, "insert into dead_letter values ('orders', 3, 17)");
		assertFailure(reconciler.reconcile(Optional.empty(), all), "records on " + DLQ, "missing " + poison);
		publishDead(3, 17);
		publishDead(3, 17);

		assertThat(reconciler.reconcile(Optional.empty(), all).failures()).isEmpty();
		execute(inventory, "insert into dead_letter values ('orders', 3, 18)");
		assertFailure(reconciler.reconcile(Optional.empty(), all), "dead letters of inventory-service",
				"unknown " + new RecordOrigin("orders", 3, 18));
	}

	@Test
	void namesAnOrderWithoutAVerdict() throws SQLException {
		execute(orders, "update customer_order set status = 'PLACED' where id = '%s'".formatted(RESERVED));

		assertFailure("orders whose status is as inventory decided",
				RESERVED + ": expected CONFIRMED or CANCELLING, found PLACED");
		assertThat(reconciler.remaining()).isEqualTo(IN_FLIGHT);
	}

	@Test
	void namesAnOrderWhoseStatusIsNotWhatInventoryDecided() throws SQLException {
		execute(orders, "update customer_order set status = 'CONFIRMED' where id = '%s'".formatted(REJECTED));

		assertFailure("orders whose status is as inventory decided", REJECTED + ": expected REJECTED");
		assertFailure("orders whose events on the topic lead to their status",
				REJECTED + ": is CONFIRMED, published [ORDER_PLACED, ORDER_REJECTED]");
	}

	@Test
	void findsAVerdictThatWasPublishedTwice() throws Exception {
		publish(EventType.ORDER_CONFIRMED, RESERVED, "event-10");

		assertFailure("orders whose events on the topic lead to their status",
				RESERVED + ": is CONFIRMED, published [ORDER_PLACED, ORDER_CONFIRMED, ORDER_CONFIRMED]");
	}

	@Test
	void namesAVerdictThatNeverReachedTheTopic() throws Exception {
		emptyTopics();
		publish("orders", RESERVED, "event-1", REJECTED, "event-2");

		assertFailure("orders whose events on the topic lead to their status", RESERVED.toString(),
				REJECTED.toString());
	}

	@Test
	void namesAnOrderThatInventoryLost() throws SQLException {
		execute(inventory, "delete from reservation where order_id = '%s'".formatted(REJECTED));

		assertFailure("orders decided by inventory", "missing " + REJECTED);
		assertThat(reconciler.remaining()).isEqualTo(IN_FLIGHT + 1);
	}

	@Test
	void namesAnOrderThatNobodyPlaced() throws SQLException {
		UUID unknown = UUID.randomUUID();
		execute(inventory, "insert into reservation values ('%s', 'REJECTED')".formatted(unknown));

		assertFailure("orders decided by inventory", "unknown " + unknown);
	}

	@Test
	void namesAReservationThatWasMadeTwice() throws SQLException {
		execute(inventory, "insert into reservation_line select * from reservation_line");
		execute(inventory, "update stock set reserved = 2 * reserved");

		assertFailure("reservations with the lines of their orders", RESERVED.toString());
	}

	@Test
	void namesAReservationOfAWrongQuantity() throws SQLException {
		execute(inventory, "update reservation_line set quantity = 3 where sku = 'SKU-MUG'");
		execute(inventory, "update stock set reserved = 3 where sku = 'SKU-MUG'");

		assertFailure("reservations with the lines of their orders", RESERVED.toString());
	}

	@Test
	void namesARejectedOrderThatHoldsStock() throws SQLException {
		execute(inventory, "insert into reservation_line values ('%s', 'SKU-RUG', 1)".formatted(REJECTED));
		execute(inventory, "update stock set reserved = 2 where sku = 'SKU-RUG'");

		assertFailure("reservations with the lines of their orders", REJECTED.toString());
	}

	@Test
	void namesAProductWhoseStockDiffersFromItsReservations() throws SQLException {
		execute(inventory, "update stock set reserved = reserved + 1 where sku = 'SKU-LAMP'");

		assertFailure("skus whose reserved units are those of reservations", "SKU-LAMP");
	}

	@Test
	void acceptsEveryEndOfAnOrder() throws SQLException {
		end("SHIPPED", "SHIPPED");
		execute(inventory, "update stock set on_hand = on_hand - reserved, reserved = 0");
		assertThat(inventoryFailures()).isEmpty();

		end("CANCELLED", "RELEASED");
		execute(inventory, "update stock set on_hand = stocked");
		assertThat(inventoryFailures()).isEmpty();

		end("CANCELLED", "CANCELLED");
		execute(inventory, "delete from reservation_line");
		assertThat(inventoryFailures()).isEmpty();
	}

	@Test
	void namesAShippedOrderWhoseUnitsAreStillInStock() throws SQLException {
		end("SHIPPED", "SHIPPED");

		assertFailure("skus whose reserved units are those of reservations", "SKU-MUG: expected nothing, found 2");
		assertFailure("skus whose units on hand lack only shipped ones", "SKU-MUG: expected 2, found nothing");
	}

	@Test
	void namesAnOrderThatStillHoldsStockAfterItsEnd() throws SQLException {
		end("CANCELLED", "RESERVED");
		assertFailure("orders whose status is as inventory decided", "CONFIRMED or CANCELLING, found CANCELLED");

		end("SHIPPED", "RESERVED");
		assertFailure("orders whose status is as inventory decided", "CONFIRMED or CANCELLING, found SHIPPED");
	}

	@Test
	void namesAProductThatLostUnitsWhichNobodyShipped() throws SQLException {
		execute(inventory, "update stock set on_hand = on_hand - 1 where sku = 'SKU-LAMP'");

		assertFailure("skus whose units on hand lack only shipped ones", "SKU-LAMP: expected nothing, found 1");
	}

	/** Lets the reserved order end, in both services. */
	private static void end(String order, String reservation) throws SQLException {
		execute(orders, "update customer_order set status = '%s' where id = '%s'".formatted(order, RESERVED));
		execute(inventory,
				"update reservation set status = '%s' where order_id = '%s'".formatted(reservation, RESERVED));
	}

	private static List<Check> inventoryFailures() throws SQLException {
		try (Connection ordersDatabase = orders.connectAsOwner();
				Connection inventoryDatabase = inventory.connectAsOwner()) {
			return new InventoryAudit().check(StoredOrders.read(ordersDatabase), inventoryDatabase)
				.stream()
				.filter((check) -> !check.holds())
				.toList();
		}
	}

	@Test
	void findsUnprocessedWork() throws Exception {
		execute(orders, "insert into outbox_event values (1)");
		execute(orders, "insert into dead_letter values ('stock', 1, 2)");
		execute(inventory, "insert into outbox_event values (1)");
		execute(inventory, "insert into dead_letter values ('orders', 1, 2)");
		publish(DLQ, RESERVED, "event-1");

		Reconciliation found = reconciler.reconcile(Optional.empty());

		assertFailure(found, "outbox rows of order-service");
		assertFailure(found, "outbox rows of inventory-service");
		assertFailure(found, "dead letters of order-service");
		assertFailure(found, "dead letters of inventory-service");
		assertFailure(found, "records on " + DLQ);
		assertThat(reconciler.remaining()).isEqualTo(IN_FLIGHT + 2);
	}

	private static void assertFailure(String what, String... examples) {
		assertFailure(reconciler.reconcile(Optional.empty()), what, examples);
	}

	private static void assertFailure(Reconciliation found, String what, String... examples) {
		assertThat(found.holds()).isFalse();
		assertThat(found.failures()).anySatisfy((check) -> {
			assertThat(check.what()).isEqualTo(what);
			for (String example : examples) {
				assertThat(check.examples()).anyMatch((named) -> named.contains(example));
			}
		});
	}

	private static void execute(Database database, String sql) throws SQLException {
		try (Connection connection = database.connectAsOwner(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void emptyTopics() throws ExecutionException, InterruptedException {
		Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
		for (Topic topic : TOPOLOGY.topics()) {
			IntStream.range(0, topic.partitions())
				.forEach((partition) -> all.put(new TopicPartition(topic.name(), partition),
						RecordsToDelete.beforeOffset(-1)));
		}
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
			admin.deleteRecords(all).all().get();
		}
	}

	private static void publishDead(int partition, long offset) throws ExecutionException, InterruptedException {
		try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(DLQ, null, bytes("poison"));
			record.headers()
				.add("dlq-origin-topic", bytes("orders"))
				.add("dlq-origin-partition", bytes(partition))
				.add("dlq-origin-offset", bytes(offset));
			producer.send(record).get();
		}
	}

	private static void publish(String topic, Object... idsAndEvents) throws ExecutionException, InterruptedException {
		publish(topic, EventType.ORDER_PLACED, idsAndEvents);
	}

	private static void publish(EventType type, Object... idsAndEvents)
			throws ExecutionException, InterruptedException {
		publish(type.topic(), type, idsAndEvents);
	}

	private static void publish(String topic, EventType type, Object... idsAndEvents)
			throws ExecutionException, InterruptedException {
		try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int index = 0; index < idsAndEvents.length; index += 2) {
				ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(idsAndEvents[index]),
						bytes("{}"));
				record.headers()
					.add("ce_type", bytes(type.type()))
					.add("ce_source", bytes("/orderflow/order-service"))
					.add("ce_id", bytes(idsAndEvents[index + 1]));
				producer.send(record).get();
			}
		}
	}

	private static byte[] bytes(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

}
