package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;

/**
 * The carrier has one booking for each shipment that shipping-service dispatched, with
 * the tracking number that is stored, and none for any other. It booked nothing, not even
 * for a while, under a key that follows from no order. Shipments that were dispatched
 * before the carrier's record began are left out.
 */
final class BookingsAudit {

	/* That of shipping-service: stored shipments may have older ids than their keys. */
	private static final NameBasedGenerator KEYS = Generators
		.nameBasedGenerator(UUID.fromString("5e1f9f0e-8a67-4c0a-9d5b-0c3f5a1f7d42"));

	private BookingsAudit() {
	}

	/** The key of an order's booking. */
	static UUID keyOf(UUID orderId) {
		return KEYS.generate(orderId.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Compares shipping-service's tables with the carrier's record. Both must be at rest.
	 * @param shipping shipping-service's database
	 */
	static List<Check> check(Connection shipping, BookingRecord carrier) throws SQLException {
		Set<UUID> known = new HashSet<>();
		Map<UUID, String> dispatched = new HashMap<>();
		Set<UUID> earlier = new HashSet<>();
		Query.forEach(shipping, "select order_id, tracking_number, dispatched_at from shipment", (row) -> {
			UUID key = keyOf(Query.id(row, 1));
			known.add(key);
			OffsetDateTime dispatchedAt = row.getObject(3, OffsetDateTime.class);
			if (dispatchedAt != null && dispatchedAt.toInstant().isBefore(carrier.startedAt())) {
				earlier.add(key);
			}
			else if (dispatchedAt != null) {
				dispatched.put(key, row.getString(2));
			}
		});
		Map<UUID, String> booked = new HashMap<>();
		List<String> strangers = new ArrayList<>();
		carrier.entries().forEach((key, entry) -> {
			if (entry.booked() && !earlier.contains(key)) {
				booked.put(key, String.valueOf(entry.trackingNumber()));
			}
			if (entry.trackingNumber() != null && !known.contains(key)) {
				strangers.add("%s: expected the key of an order, found one of none".formatted(key));
			}
		});
		return List.of(Check.sameEntries("shipments dispatched with the carrier's tracking number", dispatched, booked),
				Check.allFit("bookings by the key of an order", carrier.entries().size(), strangers));
	}

}
