package dev.orderflow.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The customer wants to cancel an order that is confirmed. Shipping answers with
 * {@link ShipmentCancelled} or, if it is too late, with {@link ShipmentDispatched}.
 *
 * @param orderId the order
 * @param requestedAt when the customer asked
 */
public record OrderCancellationRequested(UUID orderId, Instant requestedAt) implements OrderEvent {

	public OrderCancellationRequested {
		Require.present(orderId, "orderId");
		Require.present(requestedAt, "requestedAt");
	}

}
