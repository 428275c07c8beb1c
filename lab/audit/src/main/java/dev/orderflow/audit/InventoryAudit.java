package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Inventory has decided every order once, and the order's status agrees: it reserved all
 * of its lines or none, released those of a cancelled order, and took those of a shipped
 * one from the stock. Reserved and on hand are what the reservations say.
 */
public final class InventoryAudit implements ConsumerAudit {

	private static final Set<String> WITH_LINES = Set.of("RESERVED", "RELEASED", "SHIPPED");

	private static final String UNITS_OF = """
			select sku, sum(quantity)
			from reservation_line
			join reservation using (order_id)
			where status = '%s'
			group by sku""";

	@Override
	public String service() {
		return "inventory-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "reservation")
				+ Query.count(database, "reservation where status in ('RELEASED', 'CANCELLED', 'SHIPPED')");
	}

	/** A cancelled or shipped order has ended its reservation, too. */
	@Override
	public long effectsOf(OrderCounts orders) {
		return orders.all() + orders.of(StoredOrders.CANCELLED, StoredOrders.SHIPPED);
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		Map<UUID, String> reservations = new HashMap<>();
		Query.forEach(database, "select order_id, status from reservation",
				(row) -> reservations.put(Query.id(row, 1), row.getString(2)));
		Map<UUID, Map<String, Long>> lines = new HashMap<>();
		Query.forEach(database, "select order_id, sku, quantity from reservation_line",
				(row) -> lines.computeIfAbsent(Query.id(row, 1), (id) -> new HashMap<>())
					.merge(row.getString(2), row.getLong(3), Long::sum));
		return List.of(Check.sameMembers("orders decided by inventory", orders.ids(), reservations.keySet()),
				Check.information("  of these rejected",
						reservations.values().stream().filter("REJECTED"::equals).count()),
				statuses(orders, reservations), lines(orders, reservations, lines),
				Check.sameEntries("skus whose reserved units are those of reservations",
						unitsBySku(database, UNITS_OF.formatted("RESERVED")),
						unitsBySku(database, "select sku, reserved from stock where reserved <> 0")),
				Check.sameEntries("skus whose units on hand lack only shipped ones",
						unitsBySku(database, UNITS_OF.formatted("SHIPPED")),
						unitsBySku(database, "select sku, stocked - on_hand from stock where on_hand <> stocked")));
	}

	private static Check statuses(StoredOrders orders, Map<UUID, String> reservations) {
		List<String> misfits = new ArrayList<>();
		orders.orders().forEach((id, order) -> {
			List<String> expected = statusesOf(reservations.get(id));
			if (!expected.contains(order.status())) {
				misfits.add("%s: expected %s, found %s".formatted(id, String.join(" or ", expected), order.status()));
			}
		});
		return Check.allFit("orders whose status is as inventory decided", orders.orders().size(), misfits);
	}

	/**
	 * The statuses of an order whose reservation has this one, or which has none.
	 */
	private static List<String> statusesOf(@Nullable String reservation) {
		return switch (reservation) {
			case "RESERVED" -> List.of(StoredOrders.CONFIRMED, StoredOrders.CANCELLING);
			case "REJECTED" -> List.of(StoredOrders.REJECTED);
			case "RELEASED", "CANCELLED" -> List.of(StoredOrders.CANCELLED);
			case "SHIPPED" -> List.of(StoredOrders.SHIPPED);
			case null, default -> List.of("PLACED");
		};
	}

	private static Check lines(StoredOrders orders, Map<UUID, String> reservations,
			Map<UUID, Map<String, Long>> lines) {
		Map<UUID, Map<String, Long>> expected = new HashMap<>();
		reservations.forEach((order, status) -> {
			if (WITH_LINES.contains(status)) {
				expected.put(order, orders.unitsOf(order));
			}
		});
		return Check.sameEntries("reservations with the lines of their orders", expected, lines);
	}

	private static Map<String, Long> unitsBySku(Connection database, String sql) throws SQLException {
		Map<String, Long> units = new HashMap<>();
		Query.forEach(database, sql, (row) -> units.put(row.getString(1), row.getLong(2)));
		return units;
	}

}
