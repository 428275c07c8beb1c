package dev.orderflow.analytics.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.orderflow.analytics.FigureSet;
import dev.orderflow.analytics.Figures;
import dev.orderflow.analytics.Rebuild;
import dev.orderflow.analytics.Totals;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Copies, compares and deletes whole sets of figures. */
@Repository
@Profile(Rebuild.PROFILE)
class FigureCopies {

	private static final List<String> TABLES = List.of("counted_order", "lost_order", "sales_by_hour",
			"product_sales_by_hour");

	private static final int DELETE_BATCH_SIZE = 10_000;

	private static final String FIGURES = """
			orders, units, revenue_cents, lost_orders, lost_units, lost_revenue_cents""";

	private final JdbcClient jdbc;

	FigureCopies(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * For this transaction, because whole sets take longer than a batch of events. What
	 * remains is the driver's {@code socketTimeout} for each statement.
	 */
	void liftTheTimeLimit() {
		this.jdbc.sql("set local statement_timeout = 0").update();
	}

	/**
	 * Copies what the rebuild did not recompute: the figures of earlier hours, and each
	 * order that only the other set has. If such an order is not of an earlier hour,
	 * {@link #difference} shows it.
	 */
	void copyEarlier(FigureSet from, Rebuild rebuild) {
		copyHours(from, rebuild.set(), "sales_by_hour", "hour, partition, " + FIGURES, rebuild.firstHour());
		copyHours(from, rebuild.set(), "product_sales_by_hour", "hour, sku, partition, " + FIGURES,
				rebuild.firstHour());
		copyMissingOrders(from, rebuild.set(), "counted_order");
		copyMissingOrders(from, rebuild.set(), "lost_order");
	}

	private void copyHours(FigureSet from, FigureSet to, String kind, String columns, @Nullable Instant before) {
		if (before == null) {
			return;
		}
		this.jdbc.sql("""
				insert into %s (%3$s)
				select %3$s
				from %s
				where hour < :before""".formatted(to.table(kind), from.table(kind), columns))
			.param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
			.update();
	}

	private void copyMissingOrders(FigureSet from, FigureSet to, String kind) {
		this.jdbc.sql("""
				insert into %1$s (order_id, units, revenue_cents, counted_at)
				select order_id, units, revenue_cents, counted_at
				from %2$s as other
				where not exists (
				  select 1
				  from %1$s as own
				  where own.order_id = other.order_id
				)""".formatted(to.table(kind), from.table(kind))).update();
	}

	/**
	 * Compares the figures of a set with its orders, one by one.
	 * @return what differs; empty if all adds up
	 */
	Optional<String> difference(FigureSet set) {
		Totals orders = ofOrders(set);
		Totals hours = totals(set);
		Totals products = ofHours(set.table("product_sales_by_hour"));
		if (!orders.equals(hours)) {
			return Optional.of("orders have %s, hours have %s".formatted(orders, hours));
		}
		if (!withoutOrders(orders).equals(withoutOrders(products))) {
			return Optional.of("orders have %s, products have %s".formatted(orders, products));
		}
		return Optional.empty();
	}

	/** All figures of a set. */
	Totals totals(FigureSet set) {
		return ofHours(set.table("sales_by_hour"));
	}

	/** An order is counted with each of its products. */
	private static List<Object> withoutOrders(Totals totals) {
		return List.of(totals.gross().units(), totals.gross().revenueCents(), totals.lost().units(),
				totals.lost().revenueCents());
	}

	private Totals ofOrders(FigureSet set) {
		return new Totals(ofOrders(set.table("counted_order")), ofOrders(set.table("lost_order")));
	}

	private Figures ofOrders(String table) {
		return this.jdbc.sql("""
				select count(*) as orders, coalesce(sum(units), 0) as units,
				  coalesce(sum(revenue_cents), 0) as revenue_cents
				from %s""".formatted(table)).query((row, number) -> figures(row, "")).single();
	}

	private Totals ofHours(String table) {
		return this.jdbc.sql("""
				select coalesce(sum(orders), 0) as orders, coalesce(sum(units), 0) as units,
				  coalesce(sum(revenue_cents), 0) as revenue_cents, coalesce(sum(lost_orders), 0) as lost_orders,
				  coalesce(sum(lost_units), 0) as lost_units, coalesce(sum(lost_revenue_cents), 0) as lost_revenue_cents
				from %s""".formatted(table))
			.query((row, number) -> new Totals(figures(row, ""), figures(row, "lost_")))
			.single();
	}

	private static Figures figures(ResultSet row, String prefix) throws SQLException {
		return new Figures(row.getLong(prefix + "orders"), row.getLong(prefix + "units"),
				row.getBigDecimal(prefix + "revenue_cents").toBigIntegerExact());
	}

	/**
	 * Deletes all rows of an empty set, in bounded batches of a transaction each. A batch
	 * holds the set's state: a process that froze before it deletes nothing of a set that
	 * another one has begun to fill.
	 * @return false if the set is not empty any more
	 */
	boolean delete(FigureSet set) {
		for (String table : TABLES.stream().map(set::table).toList()) {
			while (hasRows(table)) {
				if (deleteBatch(set, table) == 0 && !isEmpty(set)) {
					return false;
				}
			}
		}
		return isEmpty(set);
	}

	private boolean hasRows(String table) {
		return this.jdbc.sql("select exists (select 1 from %s)".formatted(table)).query(Boolean.class).single();
	}

	private int deleteBatch(FigureSet set, String table) {
		return this.jdbc.sql("""
				delete from %1$s
				where exists (
				  select 1
				  from figure_set
				  where name = :set
				  and state = 'EMPTY'
				  for share
				)
				and ctid = any (array(
				  select ctid
				  from %1$s
				  limit :limit
				))""".formatted(table)).param("set", set.name()).param("limit", DELETE_BATCH_SIZE).update();
	}

	private boolean isEmpty(FigureSet set) {
		return this.jdbc.sql("select state = 'EMPTY' from figure_set where name = :set")
			.param("set", set.name())
			.query(Boolean.class)
			.single();
	}

}
