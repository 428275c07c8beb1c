package dev.orderflow.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sales by the hour: set-based SQL, one statement per table and batch. Times cross to
 * PostgreSQL with their offset and are compared there as instants, so that the session's
 * time zone does not affect the hours.
 */
@Repository
class Sales {

	private static final String FIGURES = """
			orders, units, revenue_cents, rejected_orders, rejected_units, rejected_revenue_cents""";

	private static final String FIGURE_ARRAYS = """
			:orders::bigint[], :units::bigint[], :revenueCents::numeric[],
			:rejectedOrders::bigint[], :rejectedUnits::bigint[], :rejectedRevenueCents::numeric[]""";

	private static final String ADDED_FIGURES = """
			orders = stored.orders + excluded.orders,
			units = stored.units + excluded.units,
			revenue_cents = stored.revenue_cents + excluded.revenue_cents,
			rejected_orders = stored.rejected_orders + excluded.rejected_orders,
			rejected_units = stored.rejected_units + excluded.rejected_units,
			rejected_revenue_cents = stored.rejected_revenue_cents + excluded.rejected_revenue_cents""";

	private static final String SUMS = """
			coalesce(sum(orders), 0) as orders,
			coalesce(sum(units), 0) as units,
			coalesce(sum(revenue_cents), 0) as revenue_cents,
			coalesce(sum(rejected_orders), 0) as rejected_orders,
			coalesce(sum(rejected_units), 0) as rejected_units,
			coalesce(sum(rejected_revenue_cents), 0) as rejected_revenue_cents""";

	private final JdbcClient jdbc;

	private final Clock clock;

	Sales(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Stores the orders, and what they add to the figures. */
	void store(List<Sale> placed, List<Sale> rejected, Map<HourKey, Totals> byHour, Map<ProductKey, Totals> byProduct) {
		insertOrders("counted_order", placed);
		insertOrders("rejected_order", rejected);
		addByHour(List.copyOf(byHour.keySet()), List.copyOf(byHour.values()));
		addByProduct(List.copyOf(byProduct.keySet()), List.copyOf(byProduct.values()));
	}

	private void insertOrders(String table, List<Sale> orders) {
		if (orders.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				insert into %s (order_id, units, revenue_cents, counted_at)
				select order_id, units, revenue_cents, :countedAt
				from unnest(:orderIds::uuid[], :units::bigint[], :revenueCents::bigint[])
				  as counted (order_id, units, revenue_cents)""".formatted(table))
			.param("countedAt", atUtc(this.clock.instant()))
			.param("orderIds", orders.stream().map((order) -> order.orderId().toString()).toArray(String[]::new))
			.param("units", column(orders, (order) -> order.figures().units()))
			.param("revenueCents", column(orders, Sale::revenueCents))
			.update();
	}

	/*
	 * Counters are locked in key order, so that batches queue up instead of deadlocking.
	 */
	private void addByHour(List<HourKey> keys, List<Totals> totals) {
		this.jdbc.sql("""
				insert into sales_by_hour as stored (hour, partition, %1$s)
				select hour, partition, %1$s
				from unnest(:hours::timestamptz[], :partitions::int[], %2$s)
				  as counted (hour, partition, %1$s)
				order by hour, partition
				on conflict (hour, partition)
				do update set %3$s""".formatted(FIGURES, FIGURE_ARRAYS, ADDED_FIGURES))
			.param("hours", keys.stream().map((key) -> key.hour().toString()).toArray(String[]::new))
			.param("partitions", keys.stream().map(HourKey::partition).toArray(Integer[]::new))
			.params(columns(totals))
			.update();
	}

	private void addByProduct(List<ProductKey> keys, List<Totals> totals) {
		this.jdbc.sql("""
				insert into product_sales_by_hour as stored (hour, sku, partition, %1$s)
				select hour, sku, partition, %1$s
				from unnest(:hours::timestamptz[], :skus::text[], :partitions::int[], %2$s)
				  as counted (hour, sku, partition, %1$s)
				order by hour, sku, partition
				on conflict (hour, sku, partition)
				do update set %3$s""".formatted(FIGURES, FIGURE_ARRAYS, ADDED_FIGURES))
			.param("hours", keys.stream().map((key) -> key.hour().toString()).toArray(String[]::new))
			.param("skus", keys.stream().map(ProductKey::sku).toArray(String[]::new))
			.param("partitions", keys.stream().map(ProductKey::partition).toArray(Integer[]::new))
			.params(columns(totals))
			.update();
	}

	/** The orders placed in the range. */
	Totals summary(HourRange range) {
		return this.jdbc.sql("""
				select %s
				from sales_by_hour
				where hour >= :from
				and hour < :to""".formatted(SUMS))
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.query((row, number) -> totals(row))
			.single();
	}

	/** The hours of the range in which orders were placed, in order. */
	List<HourSales> byHour(HourRange range) {
		return this.jdbc.sql("""
				select hour, %s
				from sales_by_hour
				where hour >= :from
				and hour < :to
				group by hour
				order by hour
				limit :limit""".formatted(SUMS))
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.param("limit", range.hours())
			.query((row, number) -> {
				Totals totals = totals(row);
				return new HourSales(row.getObject("hour", OffsetDateTime.class).toInstant(), Sale.CURRENCY,
						totals.gross(), totals.net());
			})
			.list();
	}

	/** The products of which the most units were ordered in the range. */
	List<ProductSales> topProducts(HourRange range, int limit) {
		return this.jdbc.sql("""
				select sku, %s
				from product_sales_by_hour
				where hour >= :from
				and hour < :to
				group by sku
				order by units desc, sku
				limit :limit""".formatted(SUMS))
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.param("limit", limit)
			.query((row, number) -> {
				Totals totals = totals(row);
				return new ProductSales(row.getString("sku"), Sale.CURRENCY, totals.gross(), totals.net());
			})
			.list();
	}

	private static Totals totals(ResultSet row) throws SQLException {
		return new Totals(figures(row, ""), figures(row, "rejected_"));
	}

	private static Figures figures(ResultSet row, String prefix) throws SQLException {
		return new Figures(row.getLong(prefix + "orders"), row.getLong(prefix + "units"),
				row.getBigDecimal(prefix + "revenue_cents").toBigIntegerExact());
	}

	private static Map<String, Object> columns(List<Totals> totals) {
		List<Figures> gross = totals.stream().map(Totals::gross).toList();
		List<Figures> lost = totals.stream().map(Totals::lost).toList();
		return Map.of("orders", column(gross, Figures::orders), "units", column(gross, Figures::units), "revenueCents",
				revenueCents(gross), "rejectedOrders", column(lost, Figures::orders), "rejectedUnits",
				column(lost, Figures::units), "rejectedRevenueCents", revenueCents(lost));
	}

	private static String[] revenueCents(List<Figures> figures) {
		return figures.stream().map((each) -> each.revenueCents().toString()).toArray(String[]::new);
	}

	private static <T> Long[] column(Collection<T> rows, ToLongFunction<T> value) {
		return rows.stream().map(value::applyAsLong).toArray(Long[]::new);
	}

	private static OffsetDateTime atUtc(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	/** Key of the figures of an hour. */
	record HourKey(Instant hour, int partition) {
	}

	/** Key of the figures of a product. */
	record ProductKey(Instant hour, String sku, int partition) {
	}

}
