package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Shipping has planned one shipment for every order, with parcels of all its units; that
 * of a rejected order is cancelled and has no parcels.
 */
public final class ShippingAudit implements ConsumerAudit {

	@Override
	public String service() {
		return "shipping-service";
	}

	@Override
	public long effects(Connection database) throws SQLException {
		return Query.count(database, "shipment") + Query.count(database, "shipment where status = 'CANCELLED'");
	}

	/** A rejected order is planned and cancelled. */
	@Override
	public long effectsOf(OrderCounts orders) {
		return orders.all() + orders.rejected();
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
		Map<UUID, String> expectedStatuses = new HashMap<>();
		Map<UUID, Map<String, Long>> expected = new HashMap<>();
		orders.orders().forEach((id, order) -> {
			once.put(id, 1L);
			boolean rejected = order.status().equals(StoredOrders.REJECTED);
			expectedStatuses.put(id, rejected ? "CANCELLED" : "PLANNED");
			if (!rejected) {
				expected.put(id, order.unitsBySku());
			}
		});
		return List.of(Check.sameMembers("orders planned by shipping", orders.ids(), shipments.keySet()),
				Check.sameEntries("orders with one shipment", once, shipments),
				Check.sameEntries("shipments cancelled if their order is rejected", expectedStatuses, statuses),
				Check.sameEntries("orders whose units are all in parcels", expected, packed));
	}

}
