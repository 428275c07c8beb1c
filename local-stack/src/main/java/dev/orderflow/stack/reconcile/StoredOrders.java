package dev.orderflow.stack.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The orders in order-service's database: what everything else has to agree with.
 *
 * @param lines units by sku, for each order
 */
record StoredOrders(Map<UUID, Map<String, Long>> lines) {

	static StoredOrders read(Connection database) throws SQLException {
		Map<UUID, Map<String, Long>> lines = new HashMap<>();
		Query.forEach(database, "select id from customer_order", (row) -> lines.put(Query.id(row, 1), new HashMap<>()));
		Query.forEach(database, "select order_id, sku, quantity from order_line",
				(row) -> lines.computeIfAbsent(Query.id(row, 1), (id) -> new HashMap<>())
					.merge(row.getString(2), row.getLong(3), Long::sum));
		return new StoredOrders(lines);
	}

	Set<UUID> ids() {
		return this.lines.keySet();
	}

	Map<String, Long> linesOf(UUID order) {
		return this.lines.getOrDefault(order, Map.of());
	}

	long units() {
		return this.lines.values().stream().mapToLong(StoredOrders::units).sum();
	}

	static long units(Map<String, Long> lines) {
		return lines.values().stream().mapToLong(Long::longValue).sum();
	}

}
