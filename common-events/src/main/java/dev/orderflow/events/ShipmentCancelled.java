package dev.orderflow.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Nothing of an order is or will be shipped.
 *
 * @param orderId the order
 * @param cancelledAt when it was decided
 */
public record ShipmentCancelled(UUID orderId, Instant cancelledAt) implements ShipmentEvent {

	public ShipmentCancelled {
		Require.present(orderId, "orderId");
		Require.present(cancelledAt, "cancelledAt");
	}

}
