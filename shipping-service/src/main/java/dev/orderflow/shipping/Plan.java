package dev.orderflow.shipping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.orderflow.shipping.carrier.Address;
import dev.orderflow.shipping.carrier.Consignment;

/**
 * How an order is to be shipped. It depends on the order alone, not on when its event
 * arrives.
 *
 * @param plannedFor when its parcels are to be picked up
 */
record Plan(Instant plannedFor, Address shipTo, List<Parcel> parcels) {

	Plan {
		parcels = List.copyOf(parcels);
	}

	static Plan of(ShipmentRequest request) {
		return new Plan(Pickup.after(request.placedAt()), request.shipTo(), Parcel.pack(request.lines()));
	}

	Consignment consignment(UUID shipmentId) {
		return new Consignment(shipmentId, this.shipTo,
				this.parcels.stream()
					.map((parcel) -> new Consignment.Parcel(parcel.number(), parcel.units()))
					.toList());
	}

}
