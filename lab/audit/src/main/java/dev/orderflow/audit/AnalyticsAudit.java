package dev.orderflow.audit;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.orderflow.audit.StoredOrders.StoredOrder;

/**
 * Analytics has counted every order once, with its units and revenue, in the hour in
 * which it was placed, and subtracted every rejected or cancelled one.
 */
public final class AnalyticsAudit implements ConsumerAudit {

	private static final Set<String> LOST = Set.of(StoredOrders.REJECTED, StoredOrders.CANCELLED);

	@Override
	public String service() {
		return "analytics-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "served_counted_order") + Query.count(database, "served_lost_order");
	}

	/** A rejected or cancelled order is counted as placed and as lost. */
	@Override
	public long effectsOf(OrderCounts orders) {
		return orders.all() + orders.of(StoredOrders.REJECTED, StoredOrders.CANCELLED);
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		return Stream
			.concat(check(orders, database, "counted", "served_counted_order", ""),
					check(lost(orders), database, "subtracted", "served_lost_order", "lost_"))
			.toList();
	}

	private static StoredOrders lost(StoredOrders orders) {
		Map<UUID, StoredOrder> lost = new HashMap<>(orders.orders());
		lost.values().removeIf((order) -> !LOST.contains(order.status()));
		return new StoredOrders(lost);
	}

	private static Stream<Check> check(StoredOrders orders, Connection database, String done, String table,
			String prefix) throws SQLException {
		String columns = "%1$sorders, %1$sunits, %1$srevenue_cents".formatted(prefix);
		Map<UUID, Figures> counted = new HashMap<>();
		Query.forEach(database, "select order_id, 1, units, revenue_cents from " + table,
				(row) -> counted.merge(Query.id(row, 1), Figures.of(row), Figures::plus));
		Map<Instant, Figures> byHour = new HashMap<>();
		Query.forEach(database, "select hour, " + columns + " from served_sales_by_hour where " + prefix + "orders > 0",
				(row) -> byHour.merge(hour(row), Figures.of(row), Figures::plus));
		Map<String, Figures> bySku = new HashMap<>();
		Query.forEach(database,
				"select sku, " + columns + " from served_product_sales_by_hour where " + prefix + "orders > 0",
				(row) -> bySku.merge(row.getString(1), Figures.of(row), Figures::plus));
		Map<UUID, Figures> expected = new HashMap<>();
		Map<Instant, Figures> expectedByHour = new HashMap<>();
		Map<String, Figures> expectedBySku = new HashMap<>();
		orders.orders().forEach((id, order) -> {
			expected.put(id, Figures.of(order));
			expectedByHour.merge(order.placedAt().truncatedTo(ChronoUnit.HOURS), Figures.of(order), Figures::plus);
			order.lines()
				.forEach((sku, line) -> expectedBySku.merge(sku, new Figures(1, line.quantity(),
						BigInteger.valueOf(line.quantity()).multiply(BigInteger.valueOf(line.unitPriceCents()))),
						Figures::plus));
		});
		return Stream.of(Check.sameMembers("orders %s by analytics".formatted(done), orders.ids(), counted.keySet()),
				Check.sameEntries("orders %s with the right units and revenue".formatted(done), expected, counted),
				Check.sameEntries("hours with the right orders %s".formatted(done), expectedByHour, byHour),
				Check.sameEntries("skus with the right orders %s".formatted(done), expectedBySku, bySku));
	}

	private static Instant hour(ResultSet row) throws SQLException {
		return row.getObject(1, OffsetDateTime.class).toInstant();
	}

	private record Figures(long orders, long units, BigInteger revenueCents) {

		static Figures of(ResultSet row) throws SQLException {
			return new Figures(row.getLong(2), row.getLong(3), row.getBigDecimal(4).toBigIntegerExact());
		}

		static Figures of(StoredOrder order) {
			return new Figures(1, order.units(), BigInteger.valueOf(order.totalCents()));
		}

		Figures plus(Figures others) {
			return new Figures(Math.addExact(this.orders, others.orders), Math.addExact(this.units, others.units),
					this.revenueCents.add(others.revenueCents));
		}

		@Override
		public String toString() {
			return "%d orders, %d units, %d cents".formatted(this.orders, this.units, this.revenueCents);
		}

	}

}
