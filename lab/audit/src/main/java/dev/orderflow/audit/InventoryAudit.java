package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Inventory has decided every order once, and the order's status says the same: it
 * reserved all of its lines or none, and the stock's reserved units equal the sum.
 */
public final class InventoryAudit implements ConsumerAudit {

	@Override
	public String service() {
		return "inventory-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "reservation");
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		Map<UUID, String> decisions = new HashMap<>();
		Query.forEach(database, "select order_id, status from reservation",
				(row) -> decisions.put(Query.id(row, 1), row.getString(2)));
		Map<UUID, Map<String, Long>> reserved = new HashMap<>();
		Map<String, Long> reservedBySku = new TreeMap<>();
		Query.forEach(database, "select order_id, sku, quantity from reservation_line", (row) -> {
			reserved.computeIfAbsent(Query.id(row, 1), (id) -> new HashMap<>())
				.merge(row.getString(2), row.getLong(3), Long::sum);
			reservedBySku.merge(row.getString(2), row.getLong(3), Long::sum);
		});
		long rejectedUnits = decisions.entrySet()
			.stream()
			.filter((decision) -> decision.getValue().equals("REJECTED"))
			.mapToLong((decision) -> StoredOrders.units(orders.unitsOf(decision.getKey())))
			.sum();
		return List.of(Check.sameMembers("orders decided by inventory", orders.ids(), decisions.keySet()),
				Check.information("  of these rejected",
						decisions.values().stream().filter("REJECTED"::equals).count()),
				statuses(orders, decisions), reservedLines(orders, decisions, reserved),
				Check.equal("units reserved + units of rejected orders", orders.units(),
						StoredOrders.units(reservedBySku) + rejectedUnits),
				stock(reservedBySku, database));
	}

	private static Check statuses(StoredOrders orders, Map<UUID, String> decisions) {
		Map<UUID, String> expected = new HashMap<>();
		Map<UUID, String> found = new HashMap<>();
		orders.orders().forEach((id, order) -> {
			expected.put(id, switch (decisions.getOrDefault(id, "none")) {
				case "RESERVED" -> StoredOrders.CONFIRMED;
				case "REJECTED" -> StoredOrders.REJECTED;
				default -> "PLACED";
			});
			found.put(id, order.status());
		});
		return Check.sameEntries("orders whose status is as inventory decided", expected, found);
	}

	private static Check reservedLines(StoredOrders orders, Map<UUID, String> decisions,
			Map<UUID, Map<String, Long>> reserved) {
		Set<UUID> all = new HashSet<>(decisions.keySet());
		all.addAll(reserved.keySet());
		List<String> misfits = new ArrayList<>();
		for (UUID order : all) {
			boolean holdsStock = "RESERVED".equals(decisions.get(order));
			Map<String, Long> expected = holdsStock ? orders.unitsOf(order) : Map.of();
			Map<String, Long> found = reserved.getOrDefault(order, Map.of());
			if (!expected.equals(found)) {
				misfits.add("%s (%s): expected %s, reserved %s".formatted(order,
						decisions.getOrDefault(order, "no decision"), expected, found));
			}
		}
		return Check.allFit("orders whose reserved lines are right", all.size(), misfits);
	}

	private static Check stock(Map<String, Long> reservedBySku, Connection database) throws SQLException {
		Map<String, Long> stock = new TreeMap<>();
		Query.forEach(database, "select sku, reserved from stock where reserved <> 0",
				(row) -> stock.put(row.getString(1), row.getLong(2)));
		Set<String> skus = new HashSet<>(stock.keySet());
		skus.addAll(reservedBySku.keySet());
		List<String> misfits = skus.stream()
			.filter((sku) -> !stock.getOrDefault(sku, 0L).equals(reservedBySku.getOrDefault(sku, 0L)))
			.map((sku) -> "%s: reservations hold %d, stock says %d".formatted(sku, reservedBySku.getOrDefault(sku, 0L),
					stock.getOrDefault(sku, 0L)))
			.sorted()
			.toList();
		return Check.allFit("skus whose stock.reserved is the sum of reservations", skus.size(), misfits);
	}

}
