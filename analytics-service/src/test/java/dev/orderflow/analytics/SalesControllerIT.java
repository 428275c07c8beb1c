package dev.orderflow.analytics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.test.consumer.ConsumerTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderAt;
import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.record;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: figures are summed by the hour in UTC in which orders were placed. Method: events
 * are written to the real topic, for past hours that no other test uses, and the figures
 * read over HTTP; JVM and database sessions run in time zones half an hour and three
 * quarters of an hour off.
 */
@ConsumerTest
class SalesControllerIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	@Autowired
	JdbcClient jdbc;

	private RestTestClient http;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@Test
	void sumsTheOrdersOfARangeByTheHourOfUtc() {
		assertThat(TimeZone.getDefault().getID()).isEqualTo("Asia/Kolkata");
		assertThat(this.jdbc.sql("show time zone").query(String.class).single()).isEqualTo("Pacific/Chatham");

		place(anOrderAt(Instant.parse("2021-03-01T09:59:59.999999Z"), line("SKU-A", 1)),
				anOrderAt(Instant.parse("2021-03-01T10:00:00Z"), line("SKU-A", 2), line("SKU-B", 5)),
				anOrderAt(Instant.parse("2021-03-01T10:59:59.999999Z"), line("SKU-A", 4)),
				anOrderAt(Instant.parse("2021-03-01T11:00:00Z"), line("SKU-C", 8)));

		get("/sales/summary?from=2021-03-01T10:00:00Z&to=2021-03-01T11:00:00Z").json("""
				{"from": "2021-03-01T10:00:00Z", "to": "2021-03-01T11:00:00Z", "currency": "EUR",
				 "gross": {"orders": 2, "units": 11, "revenueCents": 1100}}""");
		get("/sales/by-hour?from=2021-03-01T00:00:00Z&to=2021-03-02T00:00:00Z").json("""
				[{"hour": "2021-03-01T09:00:00Z", "currency": "EUR",
				  "gross": {"orders": 1, "units": 1, "revenueCents": 100}},
				 {"hour": "2021-03-01T10:00:00Z", "currency": "EUR",
				  "gross": {"orders": 2, "units": 11, "revenueCents": 1100}},
				 {"hour": "2021-03-01T11:00:00Z", "currency": "EUR",
				  "gross": {"orders": 1, "units": 8, "revenueCents": 800}}]""");
		get("/sales/top-products?from=2021-03-01T00:00:00Z&to=2021-03-02T00:00:00Z&limit=2").json("""
				[{"sku": "SKU-C", "currency": "EUR", "gross": {"orders": 1, "units": 8, "revenueCents": 800}},
				 {"sku": "SKU-A", "currency": "EUR", "gross": {"orders": 3, "units": 7, "revenueCents": 700}}]""");
	}

	@Test
	void subtractsRejectedOrdersInWhateverSequence() {
		Instant hour = Instant.parse("2021-07-01T10:00:00Z");
		OrderPlaced kept = anOrderAt(hour, line("SKU-A", 1), line("SKU-B", 2));
		OrderPlaced rejected = anOrderAt(hour, line("SKU-A", 4));
		OrderPlaced rejectedEarly = anOrderAt(hour, line("SKU-A", 8), line("SKU-B", 16));

		write(List.of(rejection(rejectedEarly)));
		get("/sales/summary?from=2021-07-01T10:00:00Z&to=2021-07-01T11:00:00Z").json("""
				{"gross": {"orders": 0, "units": 0, "revenueCents": 0},
				 "net": {"orders": -1, "units": -24, "revenueCents": -2400}}""");

		write(List.of(record(Topics.ORDERS, kept), record(Topics.ORDERS, rejected), rejection(rejected),
				record(Topics.ORDERS, rejectedEarly)));

		get("/sales/summary?from=2021-07-01T10:00:00Z&to=2021-07-01T11:00:00Z").json("""
				{"gross": {"orders": 3, "units": 31, "revenueCents": 3100},
				 "net": {"orders": 1, "units": 3, "revenueCents": 300}}""");
		get("/sales/by-hour?from=2021-07-01T10:00:00Z&to=2021-07-01T11:00:00Z").json("""
				[{"gross": {"orders": 3, "units": 31, "revenueCents": 3100},
				  "net": {"orders": 1, "units": 3, "revenueCents": 300}}]""");
		get("/sales/top-products?from=2021-07-01T10:00:00Z&to=2021-07-01T11:00:00Z").json("""
				[{"sku": "SKU-B", "gross": {"orders": 2, "units": 18, "revenueCents": 1800},
				  "net": {"orders": 1, "units": 2, "revenueCents": 200}},
				 {"sku": "SKU-A", "gross": {"orders": 3, "units": 13, "revenueCents": 1300},
				  "net": {"orders": 1, "units": 1, "revenueCents": 100}}]""");
	}

	@Test
	void subtractsCancelledOrdersInWhateverSequence() {
		Instant hour = Instant.parse("2021-08-01T10:00:00Z");
		OrderPlaced kept = anOrderAt(hour, line("SKU-A", 1), line("SKU-B", 2));
		OrderPlaced cancelled = anOrderAt(hour, line("SKU-A", 4));
		OrderPlaced cancelledEarly = anOrderAt(hour, line("SKU-A", 8));

		write(List.of(cancellation(cancelledEarly)));
		write(List.of(record(Topics.ORDERS, kept), record(Topics.ORDERS, cancelled), cancellation(cancelled),
				record(Topics.ORDERS, cancelledEarly)));

		get("/sales/summary?from=2021-08-01T10:00:00Z&to=2021-08-01T11:00:00Z").json("""
				{"gross": {"orders": 3, "units": 15, "revenueCents": 1500},
				 "net": {"orders": 1, "units": 3, "revenueCents": 300}}""");
		get("/sales/top-products?from=2021-08-01T10:00:00Z&to=2021-08-01T11:00:00Z").json("""
				[{"sku": "SKU-A", "gross": {"orders": 3, "units": 13, "revenueCents": 1300},
				  "net": {"orders": 1, "units": 1, "revenueCents": 100}},
				 {"sku": "SKU-B", "gross": {"orders": 1, "units": 2, "revenueCents": 200},
				  "net": {"orders": 1, "units": 2, "revenueCents": 200}}]""");
	}

	@Test
	void countsAnOrderOnceThoughDifferentEventsSayTheSame() {
		OrderPlaced order = anOrderAt(Instant.parse("2021-09-01T10:00:00Z"), line("SKU-A", 1));

		write(List.of(record(Topics.ORDERS, order), record(Topics.ORDERS, order), rejection(order),
				cancellation(order)));
		write(List.of(record(Topics.ORDERS, order), cancellation(order), rejection(order)));

		get("/sales/summary?from=2021-09-01T10:00:00Z&to=2021-09-01T11:00:00Z").json("""
				{"gross": {"orders": 1, "units": 1, "revenueCents": 100},
				 "net": {"orders": 0, "units": 0, "revenueCents": 0}}""");
	}

	@Test
	void theStatementsOfThePreviousReleaseAddToTheSameFigures() {
		OrderPlaced order = anOrderAt(Instant.parse("2021-10-01T10:00:00Z"), line("SKU-A", 1));
		write(List.of(record(Topics.ORDERS, order)));

		String figures = """
				orders, units, revenue_cents, rejected_orders, rejected_units, rejected_revenue_cents""";
		String added = """
				orders = stored.orders + excluded.orders,
				rejected_units = stored.rejected_units + excluded.rejected_units""";
		this.jdbc
			.sql("""
					insert into counted_order (order_id, units, revenue_cents, counted_at)
					values (:first, 1, 1, current_timestamp);
					insert into rejected_order (order_id, units, revenue_cents, counted_at)
					values (:first, 1, 1, current_timestamp);
					insert into sales_by_hour as stored (hour, partition, %1$s)
					select '2021-10-01 10:00Z', partition, 1, 2, 3, 0, 4, 0 from sales_by_hour where hour = '2021-10-01 10:00Z'
					on conflict (hour, partition) do update set %2$s;
					insert into product_sales_by_hour as stored (hour, sku, partition, %1$s)
					select hour, sku, partition, 1, 2, 3, 0, 4, 0 from product_sales_by_hour where hour = '2021-10-01 10:00Z'
					on conflict (hour, sku, partition) do update set %2$s"""
				.formatted(figures, added))
			.param("first", UUID.randomUUID())
			.update();

		get("/sales/summary?from=2021-10-01T10:00:00Z&to=2021-10-01T11:00:00Z").json("""
				{"gross": {"orders": 2, "units": 1}, "net": {"orders": 2, "units": -3}}""");
		get("/sales/top-products?from=2021-10-01T10:00:00Z&to=2021-10-01T11:00:00Z").json("""
				[{"sku": "SKU-A", "gross": {"orders": 2, "units": 1}, "net": {"orders": 2, "units": -3}}]""");
	}

	@Test
	void widensARangeToWholeHours() {
		place(anOrderAt(Instant.parse("2021-04-01T10:01:00Z"), line("SKU-A", 1)));

		get("/sales/summary?from=2021-04-01T10:30:00Z&to=2021-04-01T10:40:00Z").json("""
				{"from": "2021-04-01T10:00:00Z", "to": "2021-04-01T11:00:00Z", "gross": {"orders": 1}}""");
	}

	@Test
	void answersTheLast24HoursUnlessAskedOtherwise() {
		Instant now = Instant.now();
		place(anOrderAt(now.minus(30, ChronoUnit.HOURS), line("SKU-LONG-AGO", 999)));
		place(anOrderAt(now.minus(22, ChronoUnit.HOURS), line("SKU-TODAY", 998)), anOrderOf("SKU-NOW", 997));

		get("/sales/top-products?limit=2").jsonPath("$[0].sku")
			.isEqualTo("SKU-TODAY")
			.jsonPath("$[1].sku")
			.isEqualTo("SKU-NOW");
		get("/sales/by-hour").jsonPath("$[-1].gross.units").isNotEmpty();
		get("/sales/summary").jsonPath("$.currency").isEqualTo("EUR").jsonPath("$.gross.orders").isNotEmpty();
	}

	@Test
	void answersZerosForARangeWithoutSales() {
		get("/sales/summary?from=1999-01-01T00:00:00Z&to=1999-01-02T00:00:00Z").json("""
				{"gross": {"orders": 0, "units": 0, "revenueCents": 0}}""");
		get("/sales/by-hour?from=1999-01-01T00:00:00Z&to=1999-01-02T00:00:00Z").json("[]");
	}

	@Test
	void sumsMoreThanALongHolds() {
		Instant hour = Instant.parse("2021-05-01T10:00:00Z");
		this.jdbc.sql("""
				insert into sales_by_hour_a (hour, partition, orders, units, revenue_cents)
				select :hour::timestamptz, partition, 1, 1, 9223372036854775807
				from generate_series(0, 11) as partition""").param("hour", hour.toString()).update();

		place(anOrderAt(hour, line("SKU-A", 1)));

		get("/sales/summary?from=2021-05-01T10:00:00Z&to=2021-05-01T11:00:00Z").jsonPath("$.gross.orders")
			.isEqualTo(13)
			.jsonPath("$.gross.revenueCents")
			.isEqualTo(new BigInteger("110680464442257309784"));
		assertThat(this.jdbc.sql("select sum(revenue_cents) from sales_by_hour_a where hour = :hour::timestamptz")
			.param("hour", hour.toString())
			.query(BigDecimal.class)
			.single())
			.isEqualTo(new BigDecimal(Long.MAX_VALUE).multiply(BigDecimal.valueOf(12)).add(BigDecimal.valueOf(100)));
		// Other tests of this database add up all hours, in a long.
		this.jdbc.sql("delete from sales_by_hour_a where hour = :hour::timestamptz")
			.param("hour", hour.toString())
			.update();
	}

	@Test
	void setsAnAmountBeyondItsBoundAsideAndCountsTheOrdersBesideIt() {
		Instant hour = Instant.parse("2021-06-01T10:00:00Z");
		OrderPlaced before = anOrderAt(hour, line("SKU-A", 1));
		OrderPlaced after = anOrderAt(hour, line("SKU-A", 2));
		UUID absurd = UUID.randomUUID();
		String data = """
				{"orderId": "%s", "customerId": "c", "lines": [{"sku": "SKU-A", "quantity": 1, "unitPriceCents": %2$d}],
				 "totalCents": %2$d, "currency": "EUR", "placedAt": "2021-06-01T10:00:00Z", "shipTo": {"name": "a",
				 "street": "b", "city": "c", "postalCode": "d", "country": "GB"}}""".formatted(absurd,
				OrderPlaced.CENTS_MAX + 1);
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(List.of(record(Topics.ORDERS, before),
					record(Topics.ORDERS, EventType.ORDER_PLACED.type(), absurd, data.getBytes(StandardCharsets.UTF_8)),
					record(Topics.ORDERS, after)));
		}
		ConsumerGroups.awaitNoLag("analytics-service", Topics.ORDERS, BOUND);

		get("/sales/summary?from=2021-06-01T10:00:00Z&to=2021-06-01T11:00:00Z").json("""
				{"gross": {"orders": 2, "units": 3, "revenueCents": 300}}""");
		assertThat(this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", absurd.toString().getBytes(StandardCharsets.UTF_8))
			.query(String.class)
			.single()).contains("unitPriceCents of SKU-A from 0 to 1000000000000");
	}

	@Test
	void setsAnOrderInAnotherCurrencyAside() {
		OrderPlaced euros = anOrderOf("SKU-A", 1);
		OrderPlaced dollars = new OrderPlaced(UUID.randomUUID(), euros.customerId(), euros.lines(), euros.totalCents(),
				"USD", euros.shipTo(), euros.placedAt());

		place(dollars);

		assertThat(this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", dollars.orderId().toString().getBytes())
			.query(String.class)
			.single()).contains("expected EUR").contains(dollars.orderId().toString());
	}

	@ParameterizedTest
	@CsvSource({ "summary?from=yesterday, from", "summary?to=2021-03-01, to",
			"by-hour?from=2021-03-02T00:00:00Z&to=2021-03-01T00:00:00Z, from",
			"by-hour?from=2021-01-01T00:00:00Z&to=2021-03-01T00:00:00Z, from", "top-products?limit=0, limit",
			"top-products?limit=101, limit", "top-products?limit=many, limit",
			"top-products?to=0001-01-01T00:00:00Z, to" })
	void namesTheParameterThatIsWrong(String query, String field) {
		this.http.get()
			.uri("/sales/" + query)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://orderflow.dev/problems/invalid-request")
			.jsonPath("$.title")
			.isEqualTo("Invalid request")
			.jsonPath("$.status")
			.isEqualTo(400)
			.jsonPath("$.detail")
			.exists()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field)
			.jsonPath("$.errors[0].message")
			.exists();
	}

	private static void place(OrderPlaced... orders) {
		write(Stream.of(orders).map((order) -> record(Topics.ORDERS, order)).toList());
	}

	private static ProducerRecord<byte[], byte[]> rejection(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_REJECTED, order.orderId(), rejected(order));
	}

	private static ProducerRecord<byte[], byte[]> cancellation(OrderPlaced order) {
		return record(Topics.ORDERS, EventType.ORDER_CANCELLED, order.orderId(),
				new OrderCancelled(order.orderId(), order.lines(), order.currency(), order.placedAt(), Instant.now()));
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
		ConsumerGroups.awaitNoLag("analytics-service", Topics.ORDERS, BOUND);
	}

	private RestTestClient.BodyContentSpec get(String uri) {
		return this.http.get().uri(uri).exchange().expectStatus().isOk().expectBody();
	}

}
