package dev.orderflow.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.server.ServerProvider;
import dev.orderflow.test.server.TestKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderAt;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.poison;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: the figures are rebuilt while they are served and grow; reads neither fail nor
 * see partial figures, and the result is that of the consumer that counted everything.
 * Method: 50,000 orders of ten hours, of which the topic has lost the first three, and a
 * stream of new ones, with verdicts about orders of all hours, a dead letter and an order
 * that was redriven. The rebuild is killed half-way. Figures are read over HTTP every 100
 * ms.
 */
class RebuildE2E {

	private static final Duration BOUND = Duration.ofMinutes(3);

	private static final String SERVICE = "analytics-service";

	private static final String REPLAY = Topics.replay(Topics.ORDERS, SERVICE).name();

	private static final int ORDERS = 50_000;

	private static final int WRITTEN_AT_ONCE = 5_000;

	private static final Duration AGE = Duration.ofHours(10);

	/** Orders so old that the topic has lost their placement. */
	private static final int FORGOTTEN = 15_000;

	private static final Duration FORGOTTEN_TIME = AGE.multipliedBy(FORGOTTEN).dividedBy(ORDERS);

	private static final int REJECTED_EVERY = 50;

	private static final Duration TICK = Duration.ofMillis(100);

	private static final int ORDERS_PER_TICK = 20;

	private static final Pattern GROSS_ORDERS = Pattern.compile("\"gross\":\\{\"orders\":(\\d+)");

	private final TestKafka kafka = ServerProvider.chosen().startKafka();

	private final TopicWriter topics = new TopicWriter(this.kafka.bootstrapServers());

	private final Database database = TestServers.database("analytics");

	private final JdbcClient jdbc = JdbcClient
		.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.user(), this.database.password()));

	private final Instant now = Instant.now();

	private final Instant start = this.now.minus(AGE);

	private final List<OrderPlaced> earlier = new ArrayList<>();

	private final AtomicLong placed = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final AtomicInteger ticks = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);

	@TempDir
	Path logs;

	@AfterEach
	void close() {
		this.background.shutdownNow();
		this.topics.close();
		this.kafka.close();
	}

	@Test
	void replacesTheFiguresWhileTheyAreServedAndGrow() throws Exception {
		createTopics();
		placeEarlierOrders();
		try (ServiceProcess service = start("service", Map.of())) {
			service.process().await("to count the earlier orders", BOUND, () -> isCounted("a"));
			forgetTheOldest();
			Reader reader = new Reader(service);
			var reads = this.background.scheduleAtFixedRate(reader, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
			var traffic = this.background.scheduleAtFixedRate(new Traffic(), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);

			killHalfWay();
			assertThat(rebuild("start", 0)).contains("Rebuild 1 serves: set B. Set A stands by.");
			traffic.cancel(false);
			awaitBothSetsAreComplete();

			assertThat(this.jdbc.sql("select count(*) from inbox_marker where handler = 'analytics-service.rebuild-1'")
				.query(Long.class)
				.single()).as("events read").isBetween((long) ORDERS - FORGOTTEN, this.placed.get() + this.lost.get());
			assertThat(this.jdbc.sql("select handler from dead_letter").query(String.class).list())
				.containsExactly(SERVICE);
			assertThat(figures("b")).hasSizeGreaterThan(10).isEqualTo(figures("a"));
			assertThat(rebuild("start", 1)).contains("Set A stands by: drop it");
			assertThat(rebuild("revert", 0)).contains("Set A serves again");
			assertThat(rebuild("revert", 0)).contains("Set B serves again");
			assertThat(rebuild("drop", 0)).contains("Set A is empty");
			assertThat(rebuild("status", 0)).contains("set A  EMPTY", "set B  SERVING")
				.containsAnyOf(firstWholeHour(FORGOTTEN_TIME), firstWholeHour(FORGOTTEN_TIME.plusMinutes(2)));
			assertThat(count("counted_order_a")).isZero();
			new Traffic().run();
			await().atMost(BOUND).until(() -> isCounted("b"));
			reads.cancel(false);
			reader.run();
			assertThat(this.failures).isEmpty();
			assertThat(reader.orders).isEqualTo(this.placed.get());
		}
	}

	/**
	 * The oldest record of the last partition is a little younger than what was deleted.
	 */
	private String firstWholeHour(Duration afterStart) {
		return "first hour " + this.start.plus(afterStart).truncatedTo(ChronoUnit.HOURS).plus(2, ChronoUnit.HOURS);
	}

	private void createTopics() throws Exception {
		this.kafka.createTopics(List.of(Topics.source(Topics.ORDERS), Topics.dlq(Topics.ORDERS, SERVICE),
				Topics.replay(Topics.ORDERS, SERVICE)));
		try (Admin admin = admin()) {
			// So that the earlier orders are dated as they would be.
			AlterConfigOp createTime = new AlterConfigOp(new ConfigEntry("message.timestamp.type", "CreateTime"),
					AlterConfigOp.OpType.SET);
			admin
				.incrementalAlterConfigs(
						Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.ORDERS), List.of(createTime)))
				.all()
				.get();
		}
	}

	private void placeEarlierOrders() {
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int number = 0; number < ORDERS; number++) {
			Instant placedAt = this.start.plus(AGE.multipliedBy(number).dividedBy(ORDERS));
			OrderPlaced order = anOrderAt(placedAt, line("SKU-" + number % 7, 1 + number % 3), line("SKU-MUG", 1));
			this.earlier.add(order);
			records.add(at(placedAt, record(Topics.ORDERS, order)));
			if (number % REJECTED_EVERY == 0) {
				records.add(at(placedAt, rejection(order)));
			}
			if (records.size() >= WRITTEN_AT_ONCE) {
				this.topics.write(records);
				records.clear();
			}
		}
		records.add(poison(Topics.ORDERS));
		records.add(record(REPLAY, anOrderAt(this.now, line("SKU-REDRIVEN", 1))));
		this.topics.write(records);
		this.placed.set(ORDERS + 1);
		this.lost.set(ORDERS / REJECTED_EVERY);
	}

	/** Deletes the records of the first three hours, as the retention would. */
	private void forgetTheOldest() throws Exception {
		Instant kept = this.start.plus(FORGOTTEN_TIME);
		try (Admin admin = admin()) {
			Map<TopicPartition, OffsetSpec> atThatTime = new HashMap<>();
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				atThatTime.put(new TopicPartition(Topics.ORDERS, partition),
						OffsetSpec.forTimestamp(kept.toEpochMilli()));
			}
			Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
			admin.listOffsets(atThatTime)
				.all()
				.get()
				.forEach((partition, found) -> deleted.put(partition, RecordsToDelete.beforeOffset(found.offset())));
			admin.deleteRecords(deleted).all().get();
		}
	}

	private void killHalfWay() {
		try (ServiceProcess rebuild = start("killed", Map.of("spring.profiles.active", "rebuild"))) {
			rebuild.process().await("to count some orders", BOUND, () -> count("counted_order_b") > 5_000);
			rebuild.process().kill();
		}
		assertThat(count("counted_order_b")).isLessThan(ORDERS - FORGOTTEN);
	}

	private String rebuild(String operation, int status) {
		try (ServiceProcess rebuild = start(operation,
				Map.of("spring.profiles.active", "rebuild", "orderflow.analytics.rebuild", operation))) {
			assertThat(rebuild.process().awaitExit(BOUND)).as(rebuild.process().output()).isEqualTo(status);
			return rebuild.process().output();
		}
	}

	private void awaitBothSetsAreComplete() {
		await().atMost(BOUND).until(() -> isCounted("a") && isCounted("b"));
	}

	private boolean isCounted(String set) {
		return count("counted_order_" + set) == this.placed.get() && count("lost_order_" + set) == this.lost.get();
	}

	/** Zero while the service has no tables yet. */
	private long count(String table) {
		return this.jdbc.sql("select to_regclass(:table) is not null")
			.param("table", table)
			.query(Boolean.class)
			.single() ? this.jdbc.sql("select count(*) from " + table).query(Long.class).single() : 0;
	}

	/** All figures by hour and product. */
	private List<String> figures(String set) {
		return this.jdbc.sql("""
				select (extract(epoch from hour), sku, sum(orders), sum(units), sum(revenue_cents), sum(lost_orders),
				  sum(lost_units), sum(lost_revenue_cents))::text
				from (
				  select hour, sku, orders, units, revenue_cents, lost_orders, lost_units, lost_revenue_cents
				  from product_sales_by_hour_%1$s
				  union all
				  select hour, '', orders, units, revenue_cents, lost_orders, lost_units, lost_revenue_cents
				  from sales_by_hour_%1$s
				) as figures
				group by hour, sku
				order by hour, sku""".formatted(set)).query(String.class).list();
	}

	private ServiceProcess start(String name, Map<String, String> more) {
		Map<String, String> settings = new HashMap<>(this.database.springProperties());
		settings.put("spring.kafka.bootstrap-servers", this.kafka.bootstrapServers());
		settings.putAll(more);
		return ServiceProcess.start(SERVICE, this.logs.resolve(name + "-" + Instant.now().toEpochMilli() + ".log"),
				settings);
	}

	private Admin admin() {
		return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka.bootstrapServers()));
	}

	private static ProducerRecord<byte[], byte[]> at(Instant time, ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), null, time.toEpochMilli(), record.key(), record.value(),
				record.headers());
	}

	private static ProducerRecord<byte[], byte[]> rejection(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_REJECTED, order.orderId(), rejected(order));
	}

	private static ProducerRecord<byte[], byte[]> cancellation(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_CANCELLED, order.orderId(),
				new OrderCancelled(order.orderId(), order.lines(), order.currency(), order.placedAt(), Instant.now()));
	}

	/** Places new orders and loses earlier ones: one forgotten, one remembered. */
	private final class Traffic implements Runnable {

		@Override
		public void run() {
			try {
				int tick = RebuildE2E.this.ticks.getAndIncrement();
				// None that is rejected already, and none twice.
				int number = tick * REJECTED_EVERY % FORGOTTEN + 1 + tick * REJECTED_EVERY / FORGOTTEN;
				List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
				for (int i = 0; i < ORDERS_PER_TICK; i++) {
					records.add(record(Topics.ORDERS, anOrderAt(Instant.now(), line("SKU-" + i % 7, 2))));
				}
				records.add(cancellation(RebuildE2E.this.earlier.get(number)));
				records.add(rejection(RebuildE2E.this.earlier.get(ORDERS - number)));
				RebuildE2E.this.topics.write(records);
				RebuildE2E.this.placed.addAndGet(ORDERS_PER_TICK);
				RebuildE2E.this.lost.addAndGet(2);
			}
			catch (RuntimeException ex) {
				RebuildE2E.this.failures.add("write: " + ex);
			}
		}

	}

	/** Reads the sum of all orders, which only grows. */
	private final class Reader implements Runnable {

		private final ServiceProcess service;

		private volatile long orders = ORDERS;

		Reader(ServiceProcess service) {
			this.service = service;
		}

		@Override
		public void run() {
			try {
				var answer = this.service.get("/sales/summary?from=%s&to=%s".formatted(RebuildE2E.this.start,
						RebuildE2E.this.now.plus(1, ChronoUnit.DAYS)));
				Matcher gross = GROSS_ORDERS.matcher(answer.body());
				long found = (answer.statusCode() == 200 && gross.find()) ? Long.parseLong(gross.group(1)) : -1;
				if (found < this.orders) {
					RebuildE2E.this.failures
						.add("expected %d orders or more, found %s".formatted(this.orders, answer.body()));
				}
				this.orders = Math.max(found, this.orders);
			}
			catch (RuntimeException ex) {
				RebuildE2E.this.failures.add("read: " + ex);
			}
		}

	}

}
