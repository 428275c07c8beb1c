package dev.orderflow.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sales by the hour: set-based SQL, one statement per table and batch. Writes go to a set
 * of tables, reads to the set that serves, each in one statement. Times cross to
 * PostgreSQL with their offset and are compared there as instants, so that the session's
 * time zone does not affect the hours.
 */
@Repository
class Sales {

	private static final String FIGURES = """
			orders, units, revenue_cents, lost_orders, lost_units, lost_revenue_cents""";

	private static final String FIGURE_ARRAYS = """
			:orders::bigint[], :units::bigint[], :revenueCents::numeric[],
			:lostOrders::bigint[], :lostUnits::bigint[], :lostRevenueCents::numeric[]""";

	private static final String ADDED_FIGURES = """
			orders = stored.orders + excluded.orders,
			units = stored.units + excluded.units,
			revenue_cents = stored.revenue_cents + excluded.revenue_cents,
			lost_orders = stored.lost_orders + excluded.lost_orders,
			lost_units = stored.lost_units + excluded.lost_units,
			lost_revenue_cents = stored.lost_revenue_cents + excluded.lost_revenue_cents""";

	private static final String SUMS = """
			coalesce(sum(orders), 0) as orders,
			coalesce(sum(units), 0) as units,
			coalesce(sum(revenue_cents), 0) as revenue_cents,
			coalesce(sum(lost_orders), 0) as lost_orders,
			coalesce(sum(lost_units), 0) as lost_units,
			coalesce(sum(lost_revenue_cents), 0) as lost_revenue_cents""";

	private final JdbcClient jdbc;

	private final Clock clock;

	Sales(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Stores orders as placed.
	 * @return those that the set had not counted as placed before, each once
	 */
	List<Sale> insertPlaced(FigureSet set, List<Sale> orders) {
		return insert(set.table("counted_order"), orders);
	}

	/**
	 * Stores orders as lost.
	 * @return those that the set had not counted as lost before, each once
	 */
	List<Sale> insertLost(FigureSet set, List<Sale> orders) {
		return insert(set.table("lost_order"), orders);
	}

	private List<Sale> insert(String table, List<Sale> orders) {
		if (orders.isEmpty()) {
			return orders;
		}
		Set<UUID> counted = new HashSet<>(this.jdbc.sql("""
				insert into %s (order_id, units, revenue_cents, counted_at)
				select order_id, units, revenue_cents, :countedAt
				from unnest(:orderIds::uuid[], :units::bigint[], :revenueCents::bigint[])
				  as counted (order_id, units, revenue_cents)
				order by order_id
				on conflict (order_id) do nothing
				returning order_id""".formatted(table))
			.param("countedAt", atUtc(this.clock.instant()))
			.param("orderIds", orders.stream().map((order) -> order.orderId().toString()).toArray(String[]::new))
			.param("units", column(orders, (order) -> order.figures().units()))
			.param("revenueCents", column(orders, Sale::revenueCents))
			.query(UUID.class)
			.list());
		return orders.stream().filter((order) -> counted.remove(order.orderId())).toList();
	}

	/** Adds to the figures of the set. */
	void add(FigureSet set, Map<HourKey, Totals> byHour, Map<ProductKey, Totals> byProduct) {
		addByHour(set.table("sales_by_hour"), List.copyOf(byHour.keySet()), List.copyOf(byHour.values()));
		addByProduct(set.table("product_sales_by_hour"), List.copyOf(byProduct.keySet()),
				List.copyOf(byProduct.values()));
	}

	/*
	 * Counters are locked in key order, so that batches queue up instead of deadlocking.
	 */
	private void addByHour(String table, List<HourKey> keys, List<Totals> totals) {
		this.jdbc.sql("""
				insert into %4$s as stored (hour, partition, %1$s)
				select hour, partition, %1$s
				from unnest(:hours::timestamptz[], :partitions::int[], %2$s)
				  as counted (hour, partition, %1$s)
				order by hour, partition
				on conflict (hour, partition)
				do update set %3$s""".formatted(FIGURES, FIGURE_ARRAYS, ADDED_FIGURES, table))
			.param("hours", keys.stream().map((key) -> key.hour().toString()).toArray(String[]::new))
			.param("partitions", keys.stream().map(HourKey::partition).toArray(Integer[]::new))
			.params(columns(totals))
			.update();
	}

	private void addByProduct(String table, List<ProductKey> keys, List<Totals> totals) {
		this.jdbc.sql("""
				insert into %4$s as stored (hour, sku, partition, %1$s)
				select hour, sku, partition, %1$s
				from unnest(:hours::timestamptz[], :skus::text[], :partitions::int[], %2$s)
				  as counted (hour, sku, partition, %1$s)
				order by hour, sku, partition
				on conflict (hour, sku, partition)
				do update set %3$s""".formatted(FIGURES, FIGURE_ARRAYS, ADDED_FIGURES, table))
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
				from served_sales_by_hour
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
				from served_sales_by_hour
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
				from served_product_sales_by_hour
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
		return new Totals(figures(row, ""), figures(row, "lost_"));
	}

	private static Figures figures(ResultSet row, String prefix) throws SQLException {
		return new Figures(row.getLong(prefix + "orders"), row.getLong(prefix + "units"),
				row.getBigDecimal(prefix + "revenue_cents").toBigIntegerExact());
	}

	private static Map<String, Object> columns(List<Totals> totals) {
		List<Figures> gross = totals.stream().map(Totals::gross).toList();
		List<Figures> lost = totals.stream().map(Totals::lost).toList();
		return Map.of("orders", column(gross, Figures::orders), "units", column(gross, Figures::units), "revenueCents",
				revenueCents(gross), "lostOrders", column(lost, Figures::orders), "lostUnits",
				column(lost, Figures::units), "lostRevenueCents", revenueCents(lost));
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
