package dev.orderflow.inventory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.cancelled;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: whatever the sequence in which the events of orders arrive, and however often,
 * each order ends as its story says, and the stock adds up. Method: the stories of many
 * orders over three products, one of them scarce, are written to the real topics,
 * shuffled, repeated and redriven; then the tables and the topic of the decisions are
 * read.
 */
@ConsumerTest
class OrderStoriesIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final String SERVICE = "inventory-service";

	private static final String REPLAY = Topics.replay(Topics.ORDERS, SERVICE).name();

	private static final int ORDERS = 200;

	private static final int DELIVERIES_MAX = 3;

	private static final String SCARCE = "SKU-STORY-SCARCE";

	private static final List<String> PLENTIFUL = List.of("SKU-STORY-A", "SKU-STORY-B");

	private static final long UNITS = 100_000;

	private static final long SCARCE_UNITS = 60;

	@Autowired
	JdbcClient jdbc;

	private final long seed = Long.getLong("seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final Map<OrderPlaced, Story> stories = new HashMap<>();

	/** What happens to an order, apart from its placement, and what may become of it. */
	private enum Story {

		KEPT("RESERVED", "REJECTED"),

		CANCELLED("RELEASED", "CANCELLED"),

		/** The placement is redriven after everything else. */
		CANCELLED_THEN_PLACED("CANCELLED"),

		SHIPPED_IF_RESERVED("SHIPPED", "REJECTED"),

		/** As before; it wants nothing that is scarce. */
		SHIPPED_THEN_PLACED("SHIPPED");

		private final Set<String> ends;

		Story(String... ends) {
			this.ends = Set.of(ends);
		}

		boolean placedLast() {
			return this == CANCELLED_THEN_PLACED || this == SHIPPED_THEN_PLACED;
		}

	}

	@BeforeEach
	void store() {
		this.jdbc.sql("delete from reservation_line where sku like 'SKU-STORY-%'").update();
		this.jdbc.sql("delete from stock where sku like 'SKU-STORY-%'").update();
		PLENTIFUL.forEach((sku) -> store(sku, UNITS));
		store(SCARCE, SCARCE_UNITS);
	}

	private void store(String sku, long units) {
		this.jdbc.sql("insert into stock (sku, stocked, on_hand) values (:sku, :units, :units)")
			.param("sku", sku)
			.param("units", units)
			.update();
	}

	@RepeatedTest(3)
	void anySequenceEndsInTheSameReservationsAndTheStockAddsUp() {
		System.out.println("events shuffled with -Dseed=" + this.seed);
		List<ProducerRecord<byte[], byte[]>> first = new ArrayList<>();
		List<ProducerRecord<byte[], byte[]>> last = new ArrayList<>();
		for (int number = 0; number < ORDERS; number++) {
			Story story = Story.values()[this.random.nextInt(Story.values().length)];
			OrderPlaced order = order(story);
			this.stories.put(order, story);
			(story.placedLast() ? last : first).add(event(order, EventType.ORDER_PLACED, order));
			switch (story) {
				case CANCELLED, CANCELLED_THEN_PLACED ->
					first.add(event(order, EventType.ORDER_CANCELLED, cancelled(order)));
				case SHIPPED_THEN_PLACED -> first.add(event(order, EventType.ORDER_SHIPPED, shipped(order)));
				case KEPT, SHIPPED_IF_RESERVED -> first.add(event(order, EventType.ORDER_CONFIRMED, confirmed(order)));
			}
		}

		deliver(first);
		assertStockAddsUp();
		last.addAll(dispatches());
		deliver(last);
		assertStockAddsUp();
		List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(first);
		all.addAll(last);
		List<String> before = reservations();
		deliver(all);

		assertStockAddsUp();
		assertThat(reservations()).as("after another delivery of everything").isEqualTo(before);
		Map<UUID, String> statuses = statuses();
		this.stories.forEach((order, story) -> assertThat(statuses.get(order.orderId())).as("%s: %s", story, order)
			.isIn(story.ends));
		this.stories.forEach((order, story) -> {
			if (!wants(order, SCARCE)) {
				assertThat(statuses.get(order.orderId())).as("%s: %s", story, order).isNotEqualTo("REJECTED");
			}
		});
		assertEachPlacementIsDecidedOnce(statuses);
	}

	/** Of the orders that were reserved, as the other services would answer. */
	private List<ProducerRecord<byte[], byte[]>> dispatches() {
		Map<UUID, String> statuses = statuses();
		return this.stories.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == Story.SHIPPED_IF_RESERVED)
			.map(Map.Entry::getKey)
			.filter((order) -> "RESERVED".equals(statuses.get(order.orderId())))
			.map((order) -> event(order, EventType.ORDER_SHIPPED, shipped(order)))
			.toList();
	}

	private OrderPlaced order(Story story) {
		String plentiful = PLENTIFUL.get(this.random.nextInt(PLENTIFUL.size()));
		int units = 1 + this.random.nextInt(5);
		return (story == Story.SHIPPED_THEN_PLACED || this.random.nextBoolean()) ? anOrderOf(plentiful, units)
				: anOrderOf(line(plentiful, units), line(SCARCE, units));
	}

	private static ProducerRecord<byte[], byte[]> event(OrderPlaced order, EventType type, Object data) {
		return record(Topics.ORDERS, type, order.orderId(), data);
	}

	/**
	 * Shuffled, each once or more, on the topic or the replay topic, which other
	 * partitions deliver before or after.
	 */
	private void deliver(List<ProducerRecord<byte[], byte[]>> events) {
		List<ProducerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
		for (ProducerRecord<byte[], byte[]> event : events) {
			for (int times = 1 + this.random.nextInt(DELIVERIES_MAX); times > 0; times--) {
				deliveries.add(new ProducerRecord<>(this.random.nextInt(4) == 0 ? REPLAY : Topics.ORDERS, null,
						event.key(), event.value(), event.headers()));
			}
		}
		Collections.shuffle(deliveries, this.random);
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(deliveries);
		}
		ConsumerGroups.awaitNoLag(SERVICE, Topics.ORDERS, BOUND);
		ConsumerGroups.awaitNoLag(SERVICE, REPLAY, BOUND);
	}

	private void assertStockAddsUp() {
		List<String> misfits = this.jdbc.sql("""
				select stock::text
				from stock
				left join (
				  select sku,
				    sum(quantity) filter (where status = 'RESERVED') as reserved,
				    sum(quantity) filter (where status = 'SHIPPED') as shipped
				  from reservation_line
				  join reservation using (order_id)
				  group by sku
				) as lines using (sku)
				where sku like 'SKU-STORY-%'
				and not (
				  stock.reserved between 0 and on_hand
				  and stock.reserved = coalesce(lines.reserved, 0)
				  and on_hand = stocked - coalesce(shipped, 0)
				)""").query(String.class).list();
		assertThat(misfits).isEmpty();
		assertThat(this.jdbc.sql("select stocked from stock where sku = :sku")
			.param("sku", SCARCE)
			.query(Long.class)
			.single()).isEqualTo(SCARCE_UNITS);
	}

	/** Not at all if the order was cancelled or shipped before. */
	private void assertEachPlacementIsDecidedOnce(Map<UUID, String> statuses) {
		await().atMost(BOUND).untilAsserted(() -> {
			Map<String, Long> decisions = decisions();
			this.stories.forEach((order, story) -> {
				boolean decided = !story.placedLast();
				boolean cancelled = "CANCELLED".equals(statuses.get(order.orderId()));
				assertThat(decisions.getOrDefault(order.orderId().toString(), 0L)).as("%s: %s", story, order)
					.isBetween(decided && !cancelled ? 1L : 0L, decided ? 1L : 0L);
			});
		});
	}

	private static Map<String, Long> decisions() {
		Map<String, Long> decisions = new HashMap<>();
		TopicReader.read(Topics.STOCK)
			.forEach((record) -> decisions.merge(new String(record.key(), StandardCharsets.UTF_8), 1L, Long::sum));
		return decisions;
	}

	private static boolean wants(OrderPlaced order, String sku) {
		return order.lines().stream().anyMatch((line) -> line.sku().equals(sku));
	}

	private Map<UUID, String> statuses() {
		Map<UUID, String> statuses = new HashMap<>();
		this.jdbc.sql("select order_id, status from reservation").query((row) -> {
			statuses.put(row.getObject("order_id", UUID.class), row.getString("status"));
		});
		return statuses;
	}

	private List<String> reservations() {
		return this.jdbc.sql("select reservation::text from reservation order by order_id").query(String.class).list();
	}

}
