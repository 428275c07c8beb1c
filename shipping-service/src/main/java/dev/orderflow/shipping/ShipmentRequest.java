package dev.orderflow.shipping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The part of an order that shipping needs.
 *
 * @param placedAt when it was placed, whenever its event arrives
 * @param lines its products, each once
 */
record ShipmentRequest(UUID orderId, Instant placedAt, Address shipTo, List<Line> lines) {

	ShipmentRequest {
		lines = List.copyOf(lines);
	}

	/** Units of one product, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
