package dev.orderflow.audit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.audit.ConsumerAudit.OrderCounts;
import dev.orderflow.audit.StoredOrders.Line;
import dev.orderflow.audit.StoredOrders.StoredOrder;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the audits of recommendation, analytics and shipping accept correct tables and
 * report each kind of error. Method: tables with the columns that the audits read, with
 * two confirmed orders and a rejected one; each test breaks one thing.
 * {@link ReconcilerIT} tests inventory's audit.
 */
class ConsumerAuditsIT {

	private static final UUID FIRST = UUID.fromString("01981c7e-0000-7000-8000-000000000001");

	private static final UUID SECOND = UUID.fromString("01981c7e-0000-7000-8000-000000000002");

	private static final UUID REJECTED = UUID.fromString("01981c7e-0000-7000-8000-000000000003");

	private static final StoredOrders ORDERS = new StoredOrders(Map.of(FIRST,
			new StoredOrder(Map.of("MUG", new Line(12, 100), "RUG", new Line(1, 800)), 2000,
					Instant.parse("2026-11-21T09:59:59Z"), "CONFIRMED"),
			SECOND,
			new StoredOrder(Map.of("RUG", new Line(2, 800), "MUG", new Line(3, 100), "LAMP", new Line(1, 50)), 1950,
					Instant.parse("2026-11-21T10:00:00Z"), "CONFIRMED"),
			REJECTED, new StoredOrder(Map.of("LAMP", new Line(9, 50), "RUG", new Line(1, 800)), 1250,
					Instant.parse("2026-11-21T10:30:00Z"), "REJECTED")));

	private static PostgresServer postgres;

	private static Database database;

	private final RecommendationAudit recommendation = new RecommendationAudit();

	private final AnalyticsAudit analytics = new AnalyticsAudit();

	private final ShippingAudit shipping = new ShippingAudit();

	@BeforeAll
	static void start(@TempDir Path directory) throws SQLException {
		postgres = PostgresServer.start(Ports.free(), directory.resolve("postgres"), directory.resolve("postgres.log"));
		database = postgres.createDatabase("audited");
		execute("""
				create table served_counted_order (order_id uuid, units bigint, revenue_cents bigint);
				create schema recommendation;
				create table recommendation.counted_order (order_id uuid);
				grant usage on schema recommendation to public;
				grant select on recommendation.counted_order to public;
				create table served_lost_order (order_id uuid, units bigint, revenue_cents bigint);
				create table bought_together (sku text, other_sku text, partition int, orders bigint);
				create table served_sales_by_hour (hour timestamptz, partition int, orders bigint, units bigint,
				  revenue_cents bigint, lost_orders bigint, lost_units bigint, lost_revenue_cents bigint);
				create table served_product_sales_by_hour (hour timestamptz, sku text, partition int, orders bigint,
				  units bigint, revenue_cents bigint, lost_orders bigint, lost_units bigint,
				  lost_revenue_cents bigint);
				create table shipment (shipment_id int, order_id uuid, status text);
				create table parcel_line (shipment_id int, parcel_number int, sku text, quantity int);
				""");
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@BeforeEach
	void fillWithCorrectData() throws SQLException {
		execute("""
				truncate served_counted_order, recommendation.counted_order, served_lost_order, bought_together,
				  served_sales_by_hour, served_product_sales_by_hour, shipment, parcel_line;
				insert into bought_together
				values ('MUG', 'RUG', 0, 1), ('MUG', 'RUG', 7, 1), ('LAMP', 'MUG', 7, 1), ('LAMP', 'RUG', 7, 1);
				insert into served_counted_order values ('%1$s', 13, 2000), ('%2$s', 6, 1950), ('%3$s', 10, 1250);
				insert into recommendation.counted_order values ('%1$s'), ('%2$s');
				insert into served_lost_order values ('%3$s', 10, 1250);
				insert into served_sales_by_hour
				values ('2026-11-21 09:00Z', 0, 1, 13, 2000, 0, 0, 0), ('2026-11-21 10:00Z', 7, 1, 6, 1950, 0, 0, 0),
				  ('2026-11-21 10:00Z', 8, 1, 10, 1250, 1, 10, 1250);
				insert into served_product_sales_by_hour
				values ('2026-11-21 09:00Z', 'MUG', 0, 1, 12, 1200, 0, 0, 0),
				  ('2026-11-21 09:00Z', 'RUG', 0, 1, 1, 800, 0, 0, 0),
				  ('2026-11-21 10:00Z', 'RUG', 7, 1, 2, 1600, 0, 0, 0),
				  ('2026-11-21 10:00Z', 'MUG', 7, 1, 3, 300, 0, 0, 0),
				  ('2026-11-21 10:00Z', 'LAMP', 7, 1, 1, 50, 0, 0, 0),
				  ('2026-11-21 10:00Z', 'LAMP', 8, 1, 9, 450, 1, 9, 450),
				  ('2026-11-21 10:00Z', 'RUG', 8, 1, 1, 800, 1, 1, 800);
				insert into shipment values (1, '%1$s', 'DISPATCHED'), (2, '%2$s', 'DISPATCHED'), (3, '%3$s', 'CANCELLED');
				insert into parcel_line
				values (1, 1, 'MUG', 10), (1, 2, 'MUG', 2), (1, 2, 'RUG', 1), (2, 1, 'LAMP', 1), (2, 1, 'MUG', 3),
				  (2, 1, 'RUG', 2);
				"""
			.formatted(FIRST, SECOND, REJECTED));
	}

	@Test
	void acceptCorrectTables() throws SQLException {
		for (ConsumerAudit audit : List.of(this.recommendation, this.analytics, this.shipping)) {
			assertThat(check(audit)).allMatch(Check::holds);
			try (Connection connection = connect(audit)) {
				assertThat(audit.effects(connection))
					.isEqualTo(audit.effectsOf(new OrderCounts(Map.of("CONFIRMED", 2L, "REJECTED", 1L))));
			}
		}
	}

	@Test
	void nameAnOrderThatWasLost() throws SQLException {
		execute("delete from served_counted_order where order_id = '%s'".formatted(FIRST));
		execute("delete from recommendation.counted_order where order_id = '%s'".formatted(FIRST));
		execute("delete from shipment where order_id = '%s'".formatted(FIRST));

		assertFailure(this.recommendation, "confirmed orders counted by recommendation", "missing " + FIRST);
		assertFailure(this.analytics, "orders counted by analytics", "missing " + FIRST);
		assertFailure(this.shipping, "orders planned by shipping", "missing " + FIRST);
	}

	@Test
	void nameAnOrderThatNobodyPlaced() throws SQLException {
		UUID unknown = UUID.randomUUID();
		execute("insert into served_counted_order values ('%s', 1, 1)".formatted(unknown));
		execute("insert into recommendation.counted_order values ('%s')".formatted(unknown));
		execute("insert into shipment values (4, '%s', 'PLANNED')".formatted(unknown));

		assertFailure(this.recommendation, "confirmed orders counted by recommendation", "unknown " + unknown);
		assertFailure(this.analytics, "orders counted by analytics", "unknown " + unknown);
		assertFailure(this.shipping, "orders planned by shipping", "unknown " + unknown);
	}

	@Test
	void nameAPairThatWasCountedTwiceOrNotAtAll() throws SQLException {
		execute("update bought_together set orders = 2 where partition = 0");
		execute("delete from bought_together where sku = 'LAMP' and other_sku = 'RUG'");

		assertFailure(this.recommendation, "pairs of skus whose count is right", "expected 2, found 3");
		assertFailure(this.recommendation, "pairs of skus whose count is right", "expected 1, found nothing");
	}

	@Test
	void nameAnOrderWithTheWrongRevenue() throws SQLException {
		execute("update served_counted_order set revenue_cents = 2001 where order_id = '%s'".formatted(FIRST));

		assertFailure(this.analytics, "orders counted with the right units and revenue",
				FIRST + ": expected 1 orders, 13 units");
	}

	@Test
	void nameAnOrderThatWasCountedInTheWrongHour() throws SQLException {
		execute("update served_sales_by_hour set hour = '2026-11-21 10:00Z'");

		assertFailure(this.analytics, "hours with the right orders counted", "2026-11-21T09:00:00Z", "found nothing");
	}

	@Test
	void nameAProductWithTheWrongFigures() throws SQLException {
		execute("update served_product_sales_by_hour set units = units + 1 where sku = 'LAMP'");

		assertFailure(this.analytics, "skus with the right orders counted", "LAMP: expected 2 orders, 10 units");
	}

	@Test
	void nameAnOrderThatIsPlannedTwice() throws SQLException {
		execute("insert into shipment values (4, '%s', 'PLANNED')".formatted(FIRST));

		assertFailure(this.shipping, "orders with one shipment", FIRST + ": expected 1, found 2");
	}

	@Test
	void nameAnOrderWithAUnitInNoParcel() throws SQLException {
		execute("update parcel_line set quantity = 9 where quantity = 10");

		assertFailure(this.shipping, "orders whose units are all in parcels", FIRST.toString());
	}

	@Test
	void nameARejectedOrderThatWasNotSubtracted() throws SQLException {
		execute("delete from served_lost_order");
		execute("update served_sales_by_hour set lost_units = 9 where partition = 8");
		execute("update served_product_sales_by_hour set lost_orders = 0 where sku = 'LAMP'");

		assertFailure(this.analytics, "orders subtracted by analytics", "missing " + REJECTED);
		assertFailure(this.analytics, "hours with the right orders subtracted", "2026-11-21T10:00:00Z", "9 units");
		assertFailure(this.analytics, "skus with the right orders subtracted", "LAMP", "found nothing");
	}

	@Test
	void nameARejectedOrderThatWasCountedAsBoughtTogether() throws SQLException {
		execute("insert into recommendation.counted_order values ('%s')".formatted(REJECTED));
		execute("update bought_together set orders = 2 where sku = 'LAMP' and other_sku = 'RUG'");

		assertFailure(this.recommendation, "confirmed orders counted by recommendation", "unknown " + REJECTED);
		assertFailure(this.recommendation, "pairs of skus whose count is right", "expected 1, found 2");
	}

	@Test
	void nameAShippedOrCancellingOrderThatWasNotCountedAsBoughtTogether() throws SQLException {
		execute("delete from recommendation.counted_order where order_id = '%s'".formatted(FIRST));

		for (String status : List.of("SHIPPED", "CANCELLING")) {
			assertThat(recommendationFailures(status)).extracting(Check::what)
				.containsExactly("confirmed orders counted by recommendation");
		}
	}

	@Test
	void acceptACancelledOrderWhetherOrNotItWasConfirmedBefore() throws SQLException {
		assertThat(recommendationFailures("CANCELLED")).isEmpty();

		execute("delete from recommendation.counted_order where order_id = '%s'".formatted(FIRST));
		execute("delete from bought_together where partition = 0");
		assertThat(recommendationFailures("CANCELLED")).isEmpty();
	}

	/** With another status of the first order. */
	private List<Check> recommendationFailures(String status) throws SQLException {
		Map<UUID, StoredOrder> orders = new HashMap<>(ORDERS.orders());
		orders.computeIfPresent(FIRST,
				(id, order) -> new StoredOrder(order.lines(), order.totalCents(), order.placedAt(), status));
		try (Connection connection = connect(this.recommendation)) {
			return this.recommendation.check(new StoredOrders(orders), connection)
				.stream()
				.filter((check) -> !check.holds())
				.toList();
		}
	}

	@Test
	void nameTheShipmentOfARejectedOrder() throws SQLException {
		execute("update shipment set status = 'PLANNED' where shipment_id = 3");
		execute("insert into parcel_line values (3, 1, 'LAMP', 9)");

		assertFailure(this.shipping, "shipments whose status fits their order",
				REJECTED + " (REJECTED): expected one of [CANCELLED], found PLANNED");
		assertFailure(this.shipping, "orders whose units are all in parcels", REJECTED + ": expected nothing");
	}

	@Test
	void nameAShipmentWhoseStatusDoesNotFitItsOrder() throws SQLException {
		execute("update shipment set status = 'CANCELLED' where order_id = '%s'".formatted(FIRST));
		execute("update shipment set status = 'DISPATCHED' where order_id = '%s'".formatted(REJECTED));

		assertFailure(this.shipping, "shipments whose status fits their order", FIRST + " (CONFIRMED)",
				"found CANCELLED");
		assertFailure(this.shipping, "shipments whose status fits their order", REJECTED + " (REJECTED)",
				"found DISPATCHED");
	}

	private static void assertFailure(ConsumerAudit audit, String what, String... partsOfAnExample)
			throws SQLException {
		assertThat(check(audit)).filteredOn((check) -> !check.holds()).anySatisfy((check) -> {
			assertThat(check.what()).isEqualTo(what);
			assertThat(check.examples()).anySatisfy((example) -> assertThat(example).contains(partsOfAnExample));
		});
	}

	private static List<Check> check(ConsumerAudit audit) throws SQLException {
		try (Connection connection = connect(audit)) {
			return audit.check(ORDERS, connection);
		}
	}

	/**
	 * Recommendation and analytics each have a table of that name, in their databases.
	 */
	private static Connection connect(ConsumerAudit audit) throws SQLException {
		Connection connection = database.connect();
		if (audit instanceof RecommendationAudit) {
			try (Statement statement = connection.createStatement()) {
				statement.execute("set search_path to recommendation, public");
			}
		}
		return connection;
	}

	private static void execute(String sql) throws SQLException {
		try (Connection connection = database.connectAsOwner(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
