package dev.orderflow.shipping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How an order is shipped.
 *
 * @param shipmentId a UUIDv7, fixed for the shipment
 * @param plannedFor when its parcels are to be picked up; null if it is cancelled
 * @param parcels none if it is cancelled
 */
record Shipment(UUID shipmentId, UUID orderId, Status status, @Nullable Instant plannedFor, List<Parcel> parcels) {

	Shipment {
		parcels = List.copyOf(parcels);
	}

	Shipment with(List<Parcel> packed) {
		return new Shipment(this.shipmentId, this.orderId, this.status, this.plannedFor, packed);
	}

	/** Stored as its name. */
	enum Status {

		/** Nothing has happened yet. */
		PLANNED,

		/** Nothing is shipped. */
		CANCELLED

	}

}
