package dev.orderflow.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A carrier has taken the booking of an order's shipment. It is the answer, too, to a
 * cancellation that comes too late.
 *
 * @param orderId the order
 * @param shipmentId the shipment
 * @param carrier who carries it
 * @param trackingNumber the carrier's name for it
 * @param dispatchedAt when it was dispatched
 */
public record ShipmentDispatched(UUID orderId, UUID shipmentId, String carrier, String trackingNumber,
		Instant dispatchedAt) implements ShipmentEvent {

	public ShipmentDispatched {
		Require.present(orderId, "orderId");
		Require.present(shipmentId, "shipmentId");
		Require.present(carrier, "carrier");
		Require.present(trackingNumber, "trackingNumber");
		Require.present(dispatchedAt, "dispatchedAt");
	}

}
