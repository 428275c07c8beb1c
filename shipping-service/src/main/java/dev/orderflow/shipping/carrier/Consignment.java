package dev.orderflow.shipping.carrier;

import java.util.List;
import java.util.UUID;

/**
 * What a carrier is to take.
 *
 * @param shipmentId the carrier's name for the shipment: the key of its booking
 * @param parcels 1 or more
 */
public record Consignment(UUID shipmentId, Address address, List<Parcel> parcels) {

	public Consignment {
		parcels = List.copyOf(parcels);
	}

	/** A parcel's number within its shipment, and the units in it, both from 1. */
	public record Parcel(int number, int units) {
	}

}
