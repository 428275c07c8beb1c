package dev.orderflow.test.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.unstorable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every consumer must guarantee: each effect happens once despite duplicate
 * deliveries, and a defective record affects no other. The consumer reads {@code orders},
 * or the topic of the event that it counts.
 *
 * <p>
 * The tests write raw records to the real topics, and read the consumer's tables, dead
 * letters and DLQ. Each consumer names its tables and what an order adds to its figures;
 * it tests the meaning of its effect itself.
 */
@ConsumerTest
public abstract class ConsumerContract {

	/**
	 * Upper limit of every wait; longer than a Kafka client tries a request of its own
	 * (default.api.timeout.ms).
	 */
	public static final Duration BOUND = Duration.ofSeconds(150);

	private static final String BINDING = "inbox-in-0";

	private static final int POISON_PARTITION = 5;

	private final String orderTable;

	private final List<String> tables;

	private JdbcClient jdbc;

	private BindingsLifecycleController bindings;

	private MeterRegistry meters;

	private String service;

	private TopicWriter topics;

	/**
	 * A consumer under test.
	 * @param orderTable has one row, with its {@code order_id}, for each handled order
	 * @param effectTables other tables that it writes
	 */
	protected ConsumerContract(String orderTable, String... effectTables) {
		this.orderTable = orderTable;
		this.tables = Stream.concat(Stream.of(orderTable, "inbox_marker", "dead_letter"), Arrays.stream(effectTables))
			.toList();
	}

	/** The sums that the consumer has stored, by name. */
	protected abstract Map<String, Long> figures(JdbcClient jdbc);

	/** The figures that one order of mugs and lamps adds. */
	protected abstract Map<String, Long> figuresOf(OrderPlaced order);

	/**
	 * The type of event that adds an order to the consumer's figures: the placement,
	 * unless the consumer waits for another one.
	 */
	protected EventType countedType() {
		return EventType.ORDER_PLACED;
	}

	/** The data of that event. */
	protected Object dataOf(OrderPlaced order) {
		return order;
	}

	/** Stores what must exist before that event comes: nothing, by default. */
	protected void given(OrderPlaced order, JdbcClient jdbc) {
	}

	/** How often that event of the order was applied: rows of the order table. */
	protected long timesApplied(UUID orderId, JdbcClient jdbc) {
		return jdbc.sql("select count(*) from " + this.orderTable + " where order_id = :id")
			.param("id", orderId)
			.query(Long.class)
			.single();
	}

	private String topic() {
		return countedType().topic();
	}

	private ProducerRecord<byte[], byte[]> event(OrderPlaced order) {
		given(order, this.jdbc);
		return record(topic(), countedType(), order.orderId(), dataOf(order));
	}

	@BeforeEach
	void open(@Autowired JdbcClient jdbc, @Autowired BindingsLifecycleController bindings,
			@Autowired MeterRegistry meters, @Autowired Environment environment) {
		this.jdbc = jdbc;
		this.bindings = bindings;
		this.meters = meters;
		this.service = environment.getRequiredProperty("spring.application.name");
		this.topics = new TopicWriter();
	}

	@AfterEach
	void close() {
		this.topics.close();
	}

	@Test
	void appliesAnEventOnceThoughItIsPublishedTwice() {
		OrderPlaced order = anOrder(1);
		Map<String, Long> before = figures(this.jdbc);
		ProducerRecord<byte[], byte[]> event = event(order);

		this.topics.write(event);
		await().atMost(BOUND).untilAsserted(() -> assertThat(timesApplied(order)).isOne());
		this.topics.write(List.of(event, event, onReplayTopic(event)));
		awaitAllRead();

		assertThat(timesApplied(order)).isOne();
		assertThat(figures(this.jdbc)).isEqualTo(plus(before, List.of(order)));
		assertThat(deadLettersOf(order.orderId())).isZero();
	}

	@Test
	void appliesAnEventThatComesOnItsReplayTopic() {
		OrderPlaced order = anOrder(2);

		this.topics.write(onReplayTopic(event(order)));

		await().atMost(BOUND).untilAsserted(() -> assertThat(timesApplied(order)).isOne());
	}

	@Test
	void changesNothingWhenTheWholeTopicIsReplayed() {
		this.topics.write(IntStream.range(0, 20).mapToObj((number) -> event(anOrder(1))).toList());
		awaitAllRead();
		List<String> before = snapshot();
		List<ConsumerRecord<byte[], byte[]>> all = TopicReader.read(topic());
		List<ConsumerRecord<byte[], byte[]>> applied = all.stream().filter((record) -> !isDead(record)).toList();

		double duplicates = events("duplicate") + events("skipped");
		this.topics.write(applied.stream().map(this::onReplayTopic).toList());
		awaitAllRead();
		assertThat(snapshot()).as("after a replay on the replay topic").isEqualTo(before);
		assertThat(events("duplicate") + events("skipped")).isEqualTo(duplicates + applied.size());

		duplicates = events("duplicate") + events("skipped");
		this.bindings.changeState(BINDING, State.STOPPED);
		ConsumerGroups.rewind(this.service, topic(), BOUND);
		assertThat(ConsumerGroups.lag(this.service, topic())).isEqualTo(all.size());
		this.bindings.changeState(BINDING, State.STARTED);
		awaitAllRead();
		assertThat(snapshot()).as("after a rewind of the group's offsets").isEqualTo(before);
		assertThat(events("duplicate") + events("skipped")).isEqualTo(duplicates + applied.size());
	}

	@Test
	void setsOnePoisonRecordOf500AsideAndAppliesTheOthersOnce() {
		List<OrderPlaced> orders = IntStream.range(0, 499).mapToObj((number) -> anOrder(1)).toList();
		ProducerRecord<byte[], byte[]> poison = onOnePartition(event(unstorable()));
		poison.headers().add("trace", new byte[] { 0, (byte) 0xff, 7 }).add("trace", null);
		List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>(
				orders.stream().map((order) -> onOnePartition(event(order))).toList());
		batch.add(271, poison);
		Map<String, Long> before = figures(this.jdbc);

		this.bindings.changeState(BINDING, State.STOPPED);
		long firstOffset = this.topics.write(batch).getFirst().offset();
		this.bindings.changeState(BINDING, State.STARTED);

		awaitAllRead();
		assertThat(timesApplied(orderOf(poison.key())))
			.as("times the poison event was applied (PostgreSQL refuses its texts: store at least one)")
			.isZero();
		assertThat(orders).allSatisfy((order) -> assertThat(timesApplied(order)).isOne());
		assertThat(figures(this.jdbc)).isEqualTo(plus(before, orders));
		assertThat(deadLettersOf(orderOf(poison.key()))).isOne();
		await().atMost(BOUND).untilAsserted(() -> assertThat(onDlqSince(firstOffset)).isNotEmpty());
		assertThat(onDlqSince(firstOffset)).as("records of this batch on the DLQ").hasSize(1);
		ConsumerRecord<byte[], byte[]> dead = onDlqSince(firstOffset).getFirst();
		assertThat(dead.key()).isEqualTo(poison.key());
		assertThat(dead.value()).isEqualTo(poison.value());
		assertThat(text(dead.headers())).startsWith(text(poison.headers()).toArray(String[]::new));
	}

	@Test
	void skipsTypesAndIgnoresFieldsThatItDoesNotKnow() {
		OrderPlaced order = anOrder(1);
		ProducerRecord<byte[], byte[]> known = event(order);
		String data = new String(known.value(), StandardCharsets.UTF_8);
		byte[] later = ("{\"giftWrap\":{\"colour\":\"red\"}," + data.substring(1)).getBytes(StandardCharsets.UTF_8);
		double skipped = events("skipped");

		this.topics.write(List.of(record(topic(), countedType().type().replace(".v1", ".v2"), order.orderId(), later),
				record(topic(), "dev.orderflow.order.gift-wrapped.v1", order.orderId(), "{}".getBytes()),
				record(topic(), countedType().type(), order.orderId(), later)));
		awaitAllRead();

		assertThat(timesApplied(order)).isOne();
		assertThat(events("skipped")).isEqualTo(skipped + 2);
		assertThat(deadLettersOf(order.orderId())).isZero();
	}

	private static OrderPlaced anOrder(int quantity) {
		return anOrderOf(line("SKU-MUG", quantity), line("SKU-LAMP", 3));
	}

	private Map<String, Long> plus(Map<String, Long> before, List<OrderPlaced> orders) {
		Map<String, Long> sum = new HashMap<>(before);
		orders.forEach((order) -> figuresOf(order).forEach((name, value) -> sum.merge(name, value, Long::sum)));
		return sum;
	}

	private void awaitAllRead() {
		ConsumerGroups.awaitNoLag(this.service, topic(), BOUND);
		ConsumerGroups.awaitNoLag(this.service, replayTopic(), BOUND);
	}

	private String replayTopic() {
		return Topics.replay(topic(), this.service).name();
	}

	private ProducerRecord<byte[], byte[]> onReplayTopic(ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(replayTopic(), null, record.key(), record.value(), record.headers());
	}

	private ProducerRecord<byte[], byte[]> onReplayTopic(ConsumerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(replayTopic(), null, record.key(), record.value(), record.headers());
	}

	private static ProducerRecord<byte[], byte[]> onOnePartition(ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), POISON_PARTITION, record.key(), record.value(), record.headers());
	}

	/** Records on the DLQ that came from the poison's partition. */
	private List<ConsumerRecord<byte[], byte[]>> onDlqSince(long firstOffset) {
		return TopicReader.read(Topics.dlq(topic(), this.service).name())
			.stream()
			.filter((record) -> header(record, "dlq-origin-partition") == POISON_PARTITION)
			.filter((record) -> header(record, "dlq-origin-offset") >= firstOffset)
			.toList();
	}

	private static long header(ConsumerRecord<byte[], byte[]> record, String name) {
		return Long.parseLong(new String(record.headers().lastHeader(name).value()));
	}

	private static List<String> text(Headers headers) {
		return Arrays.stream(headers.toArray())
			.map((Header header) -> header.key() + "=" + Arrays.toString(header.value()))
			.toList();
	}

	private double events(String outcome) {
		return this.meters.get("inbox.events").tag("outcome", outcome).counter().count();
	}

	private long timesApplied(OrderPlaced order) {
		return timesApplied(order.orderId());
	}

	private long timesApplied(UUID orderId) {
		return timesApplied(orderId, this.jdbc);
	}

	/** Other events of its order may be applied. */
	private boolean isDead(ConsumerRecord<byte[], byte[]> record) {
		return this.jdbc.sql("""
				select count(*)
				from dead_letter
				where origin_topic = :topic
				and origin_partition = :partition
				and origin_offset = :offset""")
			.param("topic", record.topic())
			.param("partition", record.partition())
			.param("offset", record.offset())
			.query(Long.class)
			.single() > 0;
	}

	private long deadLettersOf(UUID orderId) {
		return this.jdbc.sql("select count(*) from dead_letter where message_key = :key")
			.param("key", orderId.toString().getBytes(StandardCharsets.UTF_8))
			.query(Long.class)
			.single();
	}

	private static UUID orderOf(byte[] key) {
		return UUID.fromString(new String(key, StandardCharsets.UTF_8));
	}

	/** Every row of every table that an event may touch. */
	private List<String> snapshot() {
		List<String> rows = new ArrayList<>();
		for (String table : this.tables) {
			this.jdbc.sql("select '%1$s' || stored::text from %1$s as stored order by 1".formatted(table))
				.query((row) -> {
					rows.add(row.getString(1));
				});
		}
		return rows;
	}

	/** Sums from a query that returns a name and a number. */
	protected static Map<String, Long> sums(JdbcClient jdbc, String sql) {
		Map<String, Long> sums = new TreeMap<>();
		jdbc.sql(sql).query((row) -> {
			sums.put(row.getString(1), row.getLong(2));
		});
		return sums;
	}

}
