package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The orders in order-service's database: everything else must agree with them.
 *
 * @param orders by their ids
 */
record StoredOrders(Map<UUID, StoredOrder> orders) {

	static final String PLACED = "PLACED";

	static final String CONFIRMED = "CONFIRMED";

	static final String REJECTED = "REJECTED";

	static final String CANCELLING = "CANCELLING";

	static final String CANCELLED = "CANCELLED";

	static final String SHIPPED = "SHIPPED";

	static StoredOrders read(Connection database) throws SQLException {
		Map<UUID, StoredOrder> orders = new HashMap<>();
		Query.forEach(database, "select id, total_cents, placed_at, status from customer_order",
				(row) -> orders.put(Query.id(row, 1), new StoredOrder(new HashMap<>(), row.getLong(2),
						row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4))));
		Query.forEach(database, "select order_id, sku, quantity, unit_price_cents from order_line", (row) -> {
			StoredOrder order = orders.get(Query.id(row, 1));
			if (order != null) {
				order.lines().put(row.getString(2), new Line(row.getLong(3), row.getLong(4)));
			}
		});
		return new StoredOrders(orders);
	}

	Set<UUID> ids() {
		return this.orders.keySet();
	}

	Collection<StoredOrder> all() {
		return this.orders.values();
	}

	/** Those that have one of the statuses. */
	StoredOrders of(String... statuses) {
		Map<UUID, StoredOrder> found = new HashMap<>(this.orders);
		found.values().removeIf((order) -> !List.of(statuses).contains(order.status()));
		return new StoredOrders(found);
	}

	/** Units by sku; empty if the order is not stored. */
	Map<String, Long> unitsOf(UUID order) {
		StoredOrder stored = this.orders.get(order);
		return (stored != null) ? stored.unitsBySku() : Map.of();
	}

	long units() {
		return this.orders.values().stream().mapToLong(StoredOrder::units).sum();
	}

	static long units(Map<String, Long> unitsBySku) {
		return unitsBySku.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * One order.
	 *
	 * @param lines by sku
	 */
	record StoredOrder(Map<String, Line> lines, long totalCents, Instant placedAt, String status) {

		Map<String, Long> unitsBySku() {
			Map<String, Long> units = new HashMap<>();
			this.lines.forEach((sku, line) -> units.put(sku, line.quantity()));
			return units;
		}

		long units() {
			return this.lines.values().stream().mapToLong(Line::quantity).sum();
		}

	}

	/** Units of one product and the price of each. */
	record Line(long quantity, long unitPriceCents) {
	}

}
