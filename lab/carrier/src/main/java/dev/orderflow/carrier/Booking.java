package dev.orderflow.carrier;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the carrier knows about one shipment, and how often it was called about it.
 *
 * @param shipmentId the key of every call
 * @param trackingNumber null if it was cancelled before it was booked
 * @param service null if it was cancelled before it was booked
 * @param bookCalls how often it was to be booked, refusals included
 * @param bookings how often it was booked: 0 or 1
 * @param cancelCalls how often it was to be cancelled
 */
record Booking(UUID shipmentId, Status status, @Nullable String trackingNumber, @Nullable Service service,
		int bookCalls, int bookings, int cancelCalls) {

	static Booking of(UUID shipmentId, String trackingNumber, Service service) {
		return new Booking(shipmentId, Status.BOOKED, trackingNumber, service, 1, 1, 0);
	}

	/** A cancellation that came before the booking, which it refuses for good. */
	static Booking cancelledBefore(UUID shipmentId) {
		return new Booking(shipmentId, Status.CANCELLED, null, null, 0, 0, 1);
	}

	/** The same after one more call to book it, which changes nothing else. */
	Booking bookedAgain() {
		return new Booking(this.shipmentId, this.status, this.trackingNumber, this.service, this.bookCalls + 1,
				this.bookings, this.cancelCalls);
	}

	Booking cancelled() {
		return new Booking(this.shipmentId, Status.CANCELLED, this.trackingNumber, this.service, this.bookCalls,
				this.bookings, this.cancelCalls + 1);
	}

	/** Whether it will be carried. */
	enum Status {

		/** It will. */
		BOOKED,

		/** It will not, whatever is called. */
		CANCELLED

	}

}
