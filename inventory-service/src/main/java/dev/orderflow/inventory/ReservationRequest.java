package dev.orderflow.inventory;

import java.util.List;
import java.util.UUID;

/**
 * What an order needs: all of its lines or none.
 *
 * @param eventId id of the event that asks for it
 */
record ReservationRequest(UUID orderId, String eventId, List<Line> lines) {

	ReservationRequest {
		lines = List.copyOf(lines);
	}

	/** Units of one product, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
