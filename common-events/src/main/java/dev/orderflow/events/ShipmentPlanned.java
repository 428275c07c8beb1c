package dev.orderflow.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The parcels of an order and their pickup are planned; nothing is booked yet.
 *
 * @param orderId the order
 * @param shipmentId the shipment, the same in all its events
 * @param parcels how many, 1 or more
 * @param plannedFor when they are to be picked up
 * @param plannedAt when it was planned
 */
public record ShipmentPlanned(UUID orderId, UUID shipmentId, int parcels, Instant plannedFor,
		Instant plannedAt) implements ShipmentEvent {

	public ShipmentPlanned {
		Require.present(orderId, "orderId");
		Require.present(shipmentId, "shipmentId");
		Require.between(parcels, 1, Integer.MAX_VALUE, "parcels");
		Require.present(plannedFor, "plannedFor");
		Require.present(plannedAt, "plannedAt");
	}

}
