package dev.orderflow.orders;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.fasterxml.uuid.Generators;
import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockEvent;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.Topics;
import dev.orderflow.orders.StockDecision.Rejected;
import dev.orderflow.orders.StockDecision.Reserved;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Goal: whatever the sequence in which decisions about stock arrive, and however often,
 * an order has one status, one verdict on the topic, and a timeline that says why.
 * Method: orders are placed over HTTP, decisions written to the real topics; then the
 * API, the topic and the database are read.
 */
@ConsumerTest
@Import(Api.class)
class StockEventsHandlerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final String SERVICE = "order-service";

	private static final String REPLAY = Topics.replay(Topics.STOCK, SERVICE).name();

	private static final int ORDERS = 60;

	private static final int DELIVERIES_MAX = 4;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Autowired
	Api api;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	JudgeOrders judgeOrders;

	@Autowired
	PlatformTransactionManager transactions;

	@Test
	void anySequenceEndsInTheSameStatusAndOneVerdictForEachOrder() {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println("decisions shuffled with -Dseed=" + seed);
		Random random = new Random(seed);
		Map<String, CloudEvent> decisions = new TreeMap<>();
		List<ProducerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
		for (int number = 0; number < ORDERS; number++) {
			UUID order = place();
			CloudEvent decision = event(random.nextBoolean() ? reserved(order) : rejected(order));
			decisions.put(order.toString(), decision);
			for (int times = 1 + random.nextInt(DELIVERIES_MAX); times > 0; times--) {
				deliveries.add(record(random.nextInt(4) == 0 ? REPLAY : Topics.STOCK, decision));
			}
		}

		Collections.shuffle(deliveries, random);
		write(deliveries);
		awaitAllRead();
		Collections.shuffle(deliveries, random);
		write(deliveries);
		awaitAllRead();

		decisions.forEach((order, decision) -> {
			boolean granted = decision.getType().equals(EventType.STOCK_RESERVED.type());
			assertThat(this.api.get("/orders/" + order).body().get("status").asString())
				.isEqualTo(granted ? "CONFIRMED" : "REJECTED");
			assertThat(eventsOf(order)).containsExactly("order.placed", granted ? "stock.reserved" : "stock.rejected",
					granted ? "order.confirmed" : "order.rejected");
		});
		await().atMost(BOUND).untilAsserted(() -> assertThat(verdicts().keySet()).containsAll(decisions.keySet()));
		Map<String, List<CloudEvent>> verdicts = verdicts();
		decisions.forEach((order, decision) -> assertThat(verdicts.get(order)).singleElement().satisfies((verdict) -> {
			assertThat(verdict.getSource()).hasToString("/orderflow/order-service");
			assertThat(verdict.getExtension("causationid")).isEqualTo(decision.getId());
			assertThat(verdict.getExtension("correlationid")).isEqualTo(order);
			assertVerdict(verdict, decision);
		}));
		assertThat(this.jdbc.sql("select count(*) from dead_letter where message_key = any (:orders)")
			.param("orders",
					decisions.keySet()
						.stream()
						.map((order) -> order.getBytes(StandardCharsets.UTF_8))
						.toArray(byte[][]::new))
			.query(Long.class)
			.single()).isZero();
	}

	private static void assertVerdict(CloudEvent verdict, CloudEvent decision) {
		if (decision.getType().equals(EventType.STOCK_RESERVED.type())) {
			assertThat(verdict.getType()).isEqualTo(EventType.ORDER_CONFIRMED.type());
			assertThat(data(verdict, OrderConfirmed.class).lines()).extracting("sku")
				.containsExactly("SKU-KETTLE", "SKU-MUG");
			return;
		}
		assertThat(verdict.getType()).isEqualTo(EventType.ORDER_REJECTED.type());
		OrderRejected rejected = data(verdict, OrderRejected.class);
		assertThat(rejected.reason()).isEqualTo(RejectionReason.OUT_OF_STOCK);
		assertThat(rejected.skus()).containsExactly("SKU-MUG");
		assertThat(rejected.lines()).hasSize(2);
	}

	@Test
	void theFirstDecisionIsFinalAndALaterOneIsOnlyListed() {
		UUID order = place();

		write(List.of(record(Topics.STOCK, event(rejected(order))), record(Topics.STOCK, event(reserved(order)))));
		awaitAllRead();
		write(List.of(record(Topics.STOCK, event(reserved(order)))));
		awaitAllRead();

		assertThat(statusOf(order)).isEqualTo("REJECTED");
		assertThat(eventsOf(order.toString())).containsExactly("order.placed", "stock.rejected", "order.rejected",
				"stock.reserved", "stock.reserved");
		assertThat(timelineOf(order.toString()).valueStream().map((entry) -> entry.get("detail").asString()))
			.containsExactly("2 lines, 13540 cents EUR", "out of stock: SKU-MUG", "out of stock: SKU-MUG",
					"all lines reserved; ignored, because the order is already REJECTED",
					"all lines reserved; ignored, because the order is already REJECTED");
	}

	/** As when a partition moves while its last batch is still being written. */
	@Test
	void aDecisionWaitsForTheOneThatAnotherTransactionIsApplying() throws Exception {
		UUID order = place();
		CountDownLatch applied = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> first = other
				.submit(() -> new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
					this.judgeOrders.judge(List.of(new Reserved(order, event(reserved(order)))));
					applied.countDown();
					awaitThe(commit);
				}));
			awaitThe(applied);
			Future<?> second = other.submit(() -> new TransactionTemplate(this.transactions)
				.executeWithoutResult((status) -> this.judgeOrders.judge(List.of(new Rejected(order,
						Rejected.Reason.OUT_OF_STOCK, List.of("SKU-MUG"), event(rejected(order)))))));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(500, TimeUnit.MILLISECONDS));
			commit.countDown();
			first.get(20, TimeUnit.SECONDS);
			second.get(20, TimeUnit.SECONDS);
		}

		assertThat(statusOf(order)).isEqualTo("CONFIRMED");
		assertThat(timelineOf(order.toString()).get(3).get("detail").asString())
			.isEqualTo("out of stock: SKU-MUG; ignored, because the order is already CONFIRMED");
	}

	@Test
	void servesTheDecisionAsItIsOnItsTopic() {
		UUID order = place();
		CloudEvent decision = event(rejected(order));

		write(List.of(record(Topics.STOCK, decision)));
		awaitAllRead();

		JsonNode entry = timelineOf(order.toString()).get(1);
		assertThat(entry.get("source").asString()).isEqualTo("/orderflow/inventory-service");
		assertThat(entry.get("eventId").asString()).isEqualTo(decision.getId());
		Api.Answer served = this.api.get("/orders/" + order + "/events/" + decision.getId());
		assertThat(served.status()).isEqualTo(200);
		assertThat(served.response().body())
			.isEqualTo(new String(decision.getData().toBytes(), StandardCharsets.UTF_8));
		assertThat(served.header("ce-type")).isEqualTo("dev.orderflow.stock.rejected.v1");
		assertThat(served.header("ce-causationid")).isEqualTo("the-placement");
	}

	@Test
	void setsADecisionAboutAnOrderThatDoesNotExistAsideAndAppliesTheOthers() {
		UUID unknown = UUID.randomUUID();
		List<UUID> orders = List.of(place(), place(), place());
		List<ProducerRecord<byte[], byte[]>> decisions = new ArrayList<>(
				orders.stream().map((order) -> record(Topics.STOCK, event(reserved(order)))).toList());
		decisions.add(1, record(Topics.STOCK, event(reserved(unknown))));

		write(decisions);
		awaitAllRead();

		assertThat(orders).allSatisfy((order) -> assertThat(statusOf(order)).isEqualTo("CONFIRMED"));
		assertThat(this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", unknown.toString().getBytes(StandardCharsets.UTF_8))
			.query(String.class)
			.single()).contains("Order " + unknown + " does not exist");
	}

	@Test
	void countsTheOrdersThatNobodyDecidesInTime() {
		UUID decided = place();
		write(List.of(record(Topics.STOCK, event(reserved(decided)))));
		awaitAllRead();
		UUID stuck = place();
		this.jdbc.sql("update customer_order set placed_at = placed_at - interval '301 seconds' where id in (:ids)")
			.param("ids", List.of(stuck, decided))
			.update();

		await().atMost(BOUND).untilAsserted(() -> assertThat(stuckOrders()).isEqualTo("1.0"));

		this.jdbc.sql("update customer_order set placed_at = placed_at + interval '301 seconds' where id in (:ids)")
			.param("ids", List.of(stuck, decided))
			.update();
		await().atMost(BOUND).untilAsserted(() -> assertThat(stuckOrders()).isEqualTo("0.0"));
	}

	private String stuckOrders() {
		return this.api.getFromManagement("/actuator/prometheus")
			.response()
			.body()
			.lines()
			.filter((line) -> line.startsWith("orders_stuck{") && line.contains("status=\"PLACED\""))
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.findFirst()
			.orElse("");
	}

	private UUID place() {
		return UUID.fromString(this.api.post(Fixtures.aValidBody()).body().get("orderId").asString());
	}

	private String statusOf(UUID order) {
		return this.api.get("/orders/" + order).body().get("status").asString();
	}

	private List<String> eventsOf(String order) {
		return timelineOf(order).valueStream().map((entry) -> entry.get("event").asString()).toList();
	}

	private JsonNode timelineOf(String order) {
		return this.api.get("/orders/" + order + "/timeline").body();
	}

	private static StockEvent reserved(UUID order) {
		return new StockReserved(order, Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS));
	}

	private static StockEvent rejected(UUID order) {
		return new StockRejected(order, RejectionReason.OUT_OF_STOCK, List.of("SKU-MUG"),
				Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS));
	}

	/** As inventory-service publishes it. */
	private static CloudEvent event(StockEvent data) {
		EventType type = (data instanceof StockReserved) ? EventType.STOCK_RESERVED : EventType.STOCK_REJECTED;
		return CloudEventBuilder.v1()
			.withId(Generators.timeBasedEpochGenerator().generate().toString())
			.withSource(URI.create("/orderflow/inventory-service"))
			.withType(type.type())
			.withSubject(data.orderId().toString())
			.withTime(OffsetDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC))
			.withDataSchema(type.dataSchema())
			.withDataContentType("application/json")
			.withExtension("correlationid", data.orderId().toString())
			.withExtension("causationid", "the-placement")
			.withData(JSON.writeValueAsBytes(data))
			.build();
	}

	private static ProducerRecord<byte[], byte[]> record(String topic, CloudEvent event) {
		return KafkaMessageFactory.createWriter(topic, event.getSubject().getBytes(StandardCharsets.UTF_8))
			.writeBinary(event);
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
	}

	private static void awaitAllRead() {
		ConsumerGroups.awaitNoLag(SERVICE, Topics.STOCK, BOUND);
		ConsumerGroups.awaitNoLag(SERVICE, REPLAY, BOUND);
	}

	/** Events on the topic of orders that are no placement, by order. */
	private static Map<String, List<CloudEvent>> verdicts() {
		return TopicReader.read(Topics.ORDERS)
			.stream()
			.map((record) -> KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent())
			.filter((event) -> !event.getType().equals(EventType.ORDER_PLACED.type()))
			.collect(Collectors.groupingBy(CloudEvent::getSubject));
	}

	private static <T> T data(CloudEvent event, Class<T> type) {
		return JSON.readValue(event.getData().toBytes(), type);
	}

	private static void awaitThe(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
