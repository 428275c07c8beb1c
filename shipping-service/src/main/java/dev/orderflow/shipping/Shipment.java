package dev.orderflow.shipping;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How an order is shipped.
 *
 * @param shipmentId fixed for the shipment
 * @param plannedFor when its parcels are to be picked up; null if nothing is planned
 * @param parcels none if nothing is planned
 * @param carrier who carries it; null unless it is dispatched
 * @param trackingNumber the carrier's name for it; null unless it is dispatched
 * @param dispatchedAt null unless it is dispatched
 */
record Shipment(UUID shipmentId, UUID orderId, Status status, @Nullable Instant plannedFor, List<Parcel> parcels,
		@Nullable String carrier, @Nullable String trackingNumber, @Nullable Instant dispatchedAt) {

	private static final NameBasedGenerator IDS = Generators
		.nameBasedGenerator(UUID.fromString("5e1f9f0e-8a67-4c0a-9d5b-0c3f5a1f7d42"));

	Shipment {
		parcels = List.copyOf(parcels);
	}

	/**
	 * The id of a new shipment, and the key of every booking: a UUIDv5, always the same
	 * for an order, so that it is known before the shipment is stored. Shipments of
	 * earlier releases have other ids, but the same keys.
	 */
	static UUID idOf(UUID orderId) {
		return IDS.generate(orderId.toString().getBytes(StandardCharsets.UTF_8));
	}

	Shipment with(List<Parcel> packed) {
		return new Shipment(this.shipmentId, this.orderId, this.status, this.plannedFor, packed, this.carrier,
				this.trackingNumber, this.dispatchedAt);
	}

	/** Stored as its name. */
	enum Status {

		/** Waits for the order's confirmation. */
		PLANNED,

		/** The order is confirmed, but what to ship is not known yet. */
		CONFIRMED,

		/** The carrier has booked it. Final. */
		DISPATCHED,

		/** Nothing is shipped. Final. */
		CANCELLED

	}

}
