package dev.orderflow.inventory;

import java.util.List;
import java.util.UUID;

/** What an order needs: all of its lines or none. */
record ReservationRequest(UUID orderId, List<Line> lines) {

	ReservationRequest {
		lines = List.copyOf(lines);
	}

	/** Units of one product, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
