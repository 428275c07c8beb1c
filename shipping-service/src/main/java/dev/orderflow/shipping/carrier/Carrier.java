package dev.orderflow.shipping.carrier;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.orderflow.outage.UnavailableException;

/**
 * Takes parcels to their addresses. Every call may be repeated: a shipment id has at most
 * one booking, and once cancelled never gets another one.
 *
 * <p>
 * Every call throws {@link UnavailableException} while the carrier is out. What it did
 * with the call is then unknown. It throws {@link IllegalArgumentException} if the
 * carrier refuses the consignment itself, for example its address.
 */
public interface Carrier {

	/** What the carrier offers for a consignment; empty if it does not go there. */
	List<Offer> quote(Consignment consignment);

	/**
	 * Books a consignment. If it is booked already, that booking is the answer, whatever
	 * its service.
	 * @param service that of an offer
	 * @return empty if the booking was cancelled before
	 */
	Optional<Booking> book(Consignment consignment, String service);

	/**
	 * Cancels the booking of a shipment, or a later one if there is none yet.
	 * @throws IllegalArgumentException if its parcels are collected already
	 */
	void cancel(UUID shipmentId);

	/**
	 * One way to send a consignment.
	 *
	 * @param priceCents its price in minor units of the currency
	 * @param currency ISO 4217 code
	 */
	record Offer(String service, int priceCents, String currency) {
	}

	/**
	 * A booking that the carrier has taken.
	 *
	 * @param carrier who carries it
	 * @param trackingNumber the carrier's name for it
	 */
	record Booking(String carrier, String trackingNumber) {
	}

}
