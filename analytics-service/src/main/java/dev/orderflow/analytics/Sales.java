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

	private final JdbcClient jdbc;

	private final Clock clock;

	Sales(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Stores the orders, and what they add to the figures. */
	void store(List<Sale> orders, Map<HourKey, Figures> byHour, Map<ProductKey, Figures> byProduct) {
		insertOrders(orders);
		addByHour(List.copyOf(byHour.keySet()), List.copyOf(byHour.values()));
		addByProduct(List.copyOf(byProduct.keySet()), List.copyOf(byProduct.values()));
	}

	private void insertOrders(List<Sale> orders) {
		this.jdbc.sql("""
				insert into counted_order (order_id, units, revenue_cents, counted_at)
				select order_id, units, revenue_cents, :countedAt
				from unnest(:orderIds::uuid[], :units::bigint[], :revenueCents::bigint[])
				  as counted (order_id, units, revenue_cents)""")
			.param("countedAt", atUtc(this.clock.instant()))
			.param("orderIds", orders.stream().map((order) -> order.orderId().toString()).toArray(String[]::new))
			.param("units", column(orders, (order) -> order.figures().units()))
			.param("revenueCents", column(orders, Sale::revenueCents))
			.update();
	}

	/*
	 * Counters are locked in key order, so that batches queue up instead of deadlocking.
	 */
	private void addByHour(List<HourKey> keys, List<Figures> figures) {
		this.jdbc.sql("""
				insert into sales_by_hour as stored (hour, partition, orders, units, revenue_cents)
				select hour, partition, orders, units, revenue_cents
				from unnest(:hours::timestamptz[], :partitions::int[], :orders::bigint[], :units::bigint[],
				    :revenueCents::numeric[])
				  as counted (hour, partition, orders, units, revenue_cents)
				order by hour, partition
				on conflict (hour, partition)
				do update set
				  orders = stored.orders + excluded.orders,
				  units = stored.units + excluded.units,
				  revenue_cents = stored.revenue_cents + excluded.revenue_cents""")
			.param("hours", keys.stream().map((key) -> key.hour().toString()).toArray(String[]::new))
			.param("partitions", keys.stream().map(HourKey::partition).toArray(Integer[]::new))
			.param("orders", column(figures, Figures::orders))
			.param("units", column(figures, Figures::units))
			.param("revenueCents", revenueCents(figures))
			.update();
	}

	private void addByProduct(List<ProductKey> keys, List<Figures> figures) {
		this.jdbc.sql("""
				insert into product_sales_by_hour as stored (hour, sku, partition, orders, units, revenue_cents)
				select hour, sku, partition, orders, units, revenue_cents
				from unnest(:hours::timestamptz[], :skus::text[], :partitions::int[], :orders::bigint[],
				    :units::bigint[], :revenueCents::numeric[])
				  as counted (hour, sku, partition, orders, units, revenue_cents)
				order by hour, sku, partition
				on conflict (hour, sku, partition)
				do update set
				  orders = stored.orders + excluded.orders,
				  units = stored.units + excluded.units,
				  revenue_cents = stored.revenue_cents + excluded.revenue_cents""")
			.param("hours", keys.stream().map((key) -> key.hour().toString()).toArray(String[]::new))
			.param("skus", keys.stream().map(ProductKey::sku).toArray(String[]::new))
			.param("partitions", keys.stream().map(ProductKey::partition).toArray(Integer[]::new))
			.param("orders", column(figures, Figures::orders))
			.param("units", column(figures, Figures::units))
			.param("revenueCents", revenueCents(figures))
			.update();
	}

	/** All orders placed in the range. */
	Figures summary(HourRange range) {
		return this.jdbc.sql("""
				select coalesce(sum(orders), 0) as orders,
				  coalesce(sum(units), 0) as units,
				  coalesce(sum(revenue_cents), 0) as revenue_cents
				from sales_by_hour
				where hour >= :from
				and hour < :to""")
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.query((row, number) -> figures(row))
			.single();
	}

	/** The hours of the range in which orders were placed, in order. */
	List<HourSales> byHour(HourRange range) {
		return this.jdbc.sql("""
				select hour, sum(orders) as orders, sum(units) as units, sum(revenue_cents) as revenue_cents
				from sales_by_hour
				where hour >= :from
				and hour < :to
				group by hour
				order by hour
				limit :limit""")
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.param("limit", range.hours())
			.query((row, number) -> new HourSales(row.getObject("hour", OffsetDateTime.class).toInstant(),
					Sale.CURRENCY, figures(row)))
			.list();
	}

	/** The products of which the most units were ordered in the range. */
	List<ProductSales> topProducts(HourRange range, int limit) {
		return this.jdbc.sql("""
				select sku, sum(orders) as orders, sum(units) as units, sum(revenue_cents) as revenue_cents
				from product_sales_by_hour
				where hour >= :from
				and hour < :to
				group by sku
				order by units desc, sku
				limit :limit""")
			.param("from", atUtc(range.from()))
			.param("to", atUtc(range.to()))
			.param("limit", limit)
			.query((row, number) -> new ProductSales(row.getString("sku"), Sale.CURRENCY, figures(row)))
			.list();
	}

	private static Figures figures(ResultSet row) throws SQLException {
		return new Figures(row.getLong("orders"), row.getLong("units"),
				row.getBigDecimal("revenue_cents").toBigIntegerExact());
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
