package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Shipping has one shipment for every order, with parcels of all its units: dispatched if
 * the order is shipped, planned or dispatched while the order is confirmed or to be
 * cancelled. That of a rejected or cancelled order is cancelled and has no parcels.
 */
public final class ShippingAudit implements ConsumerAudit {

	@Override
	public String service() {
		return "shipping-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "shipment where status in ('DISPATCHED', 'CANCELLED')");
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		Map<UUID, Long> shipments = new HashMap<>();
		Map<UUID, String> statuses = new HashMap<>();
		Query.forEach(database, "select order_id, status from shipment", (row) -> {
			shipments.merge(Query.id(row, 1), 1L, Long::sum);
			statuses.put(Query.id(row, 1), row.getString(2));
		});
		Map<UUID, Map<String, Long>> packed = new HashMap<>();
		Query.forEach(database, """
				select order_id, sku, sum(quantity)
				from parcel_line
				join shipment using (shipment_id)
				group by order_id, sku""", (row) -> packed.computeIfAbsent(Query.id(row, 1), (id) -> new HashMap<>())
			.put(row.getString(2), row.getLong(3)));
		Map<UUID, Long> once = new HashMap<>();
		List<String> misfits = new ArrayList<>();
		Map<UUID, Map<String, Long>> expected = new HashMap<>();
		orders.orders().forEach((id, order) -> {
			once.put(id, 1L);
			Set<String> legal = legalStatuses(order.status());
			String found = statuses.getOrDefault(id, "MISSING");
			if (!legal.contains(found)) {
				misfits.add("%s (%s): expected one of %s, found %s".formatted(id, order.status(), legal, found));
			}
			if (!legal.contains("CANCELLED")) {
				expected.put(id, order.unitsBySku());
			}
		});
		return List.of(Check.sameMembers("orders planned by shipping", orders.ids(), shipments.keySet()),
				Check.sameEntries("orders with one shipment", once, shipments),
				Check.allFit("shipments whose status fits their order", orders.ids().size(), misfits),
				Check.sameEntries("orders whose units are all in parcels", expected, packed));
	}

	private static Set<String> legalStatuses(String orderStatus) {
		return switch (orderStatus) {
			case "CONFIRMED", "CANCELLING" -> new TreeSet<>(Set.of("PLANNED", "CONFIRMED", "DISPATCHED"));
			case "SHIPPED" -> Set.of("DISPATCHED");
			case "REJECTED", "CANCELLED" -> Set.of("CANCELLED");
			default -> Set.of("PLANNED");
		};
	}

}
