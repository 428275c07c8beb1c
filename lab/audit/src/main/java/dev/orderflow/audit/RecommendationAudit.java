package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.audit.StoredOrders.StoredOrder;

/**
 * Recommendation has counted every order once that was confirmed or shipped, and each
 * pair of products as often as there are counted orders with both. A cancelled order may
 * be among them: its status does not tell whether it was confirmed before.
 */
public final class RecommendationAudit implements ConsumerAudit {

	@Override
	public String service() {
		return "recommendation-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "counted_order");
	}

	@Override
	public long effectsOf(OrderCounts orders) {
		return orders.of(StoredOrders.CONFIRMED, StoredOrders.CANCELLING, StoredOrders.SHIPPED);
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		Set<UUID> counted = new HashSet<>();
		Query.forEach(database, "select order_id from counted_order", (row) -> counted.add(Query.id(row, 1)));
		Map<Set<String>, Long> pairs = new HashMap<>();
		Query.forEach(database, "select sku, other_sku, orders from bought_together",
				(row) -> pairs.merge(Set.of(row.getString(1), row.getString(2)), row.getLong(3), Long::sum));
		Map<UUID, StoredOrder> expected = new HashMap<>(orders.of(StoredOrders.CANCELLED).orders());
		expected.keySet().retainAll(counted);
		expected.putAll(orders.of(StoredOrders.CONFIRMED, StoredOrders.CANCELLING, StoredOrders.SHIPPED).orders());
		return List.of(Check.sameMembers("confirmed orders counted by recommendation", expected.keySet(), counted),
				Check.sameEntries("pairs of skus whose count is right", pairsOf(new StoredOrders(expected)), pairs));
	}

	private static Map<Set<String>, Long> pairsOf(StoredOrders orders) {
		Map<Set<String>, Long> pairs = new HashMap<>();
		for (StoredOrder order : orders.all()) {
			List<String> skus = List.copyOf(order.lines().keySet());
			for (int first = 0; first < skus.size(); first++) {
				for (String second : skus.subList(first + 1, skus.size())) {
					pairs.merge(Set.of(skus.get(first), second), 1L, Long::sum);
				}
			}
		}
		return pairs;
	}

}
