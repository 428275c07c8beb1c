package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shipping has planned one shipment for every order, with parcels of all its units. */
public final class ShippingAudit implements ConsumerAudit {

	@Override
	public String service() {
		return "shipping-service";
	}

	@Override
	public long handledOrders(Connection database) throws SQLException {
		return Query.count(database, "shipment");
	}

	@Override
	public List<Check> check(StoredOrders orders, Connection database) throws SQLException {
		Map<UUID, Long> shipments = new HashMap<>();
		Query.forEach(database, "select order_id, count(*) from shipment group by order_id",
				(row) -> shipments.put(Query.id(row, 1), row.getLong(2)));
		Map<UUID, Map<String, Long>> packed = new HashMap<>();
		Query.forEach(database, """
				select order_id, sku, sum(quantity)
				from parcel_line
				join shipment using (shipment_id)
				group by order_id, sku""", (row) -> packed.computeIfAbsent(Query.id(row, 1), (id) -> new HashMap<>())
			.put(row.getString(2), row.getLong(3)));
		Map<UUID, Long> once = new HashMap<>();
		Map<UUID, Map<String, Long>> expected = new HashMap<>();
		orders.orders().forEach((id, order) -> {
			once.put(id, 1L);
			expected.put(id, order.unitsBySku());
		});
		return List.of(Check.sameMembers("orders planned by shipping", orders.ids(), shipments.keySet()),
				Check.sameEntries("orders with one shipment", once, shipments),
				Check.sameEntries("orders whose units are all in parcels", expected, packed));
	}

}
