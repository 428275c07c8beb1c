package dev.orderflow.inventory;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The stock of one order.
 *
 * @param reason why it was rejected, otherwise null
 * @param lines what is or was reserved, or has left; of a stored reservation only while
 * it is reserved
 */
record Reservation(UUID orderId, Status status, @Nullable String reason, List<Line> lines) {

	Reservation {
		lines = List.copyOf(lines);
	}

	static Reservation reserved(UUID orderId, List<Line> lines) {
		return new Reservation(orderId, Status.RESERVED, null, lines);
	}

	static Reservation rejected(UUID orderId, String reason) {
		return new Reservation(orderId, Status.REJECTED, reason, List.of());
	}

	/** Of an order that is cancelled while nothing is held for it. */
	static Reservation cancelled(UUID orderId) {
		return new Reservation(orderId, Status.CANCELLED, null, List.of());
	}

	Reservation with(Status changed) {
		return new Reservation(this.orderId, changed, this.reason, this.lines);
	}

	/** One reservation of all the lines of both. */
	Reservation plusLines(Reservation other) {
		List<Line> all = Stream.concat(this.lines.stream(), other.lines.stream()).toList();
		return new Reservation(this.orderId, this.status, this.reason, all);
	}

	/** Stored as its name. */
	enum Status {

		/** Every line is held. */
		RESERVED,

		/** The stock did not suffice; nothing was held. */
		REJECTED,

		/** The order was cancelled and the lines are available again. */
		RELEASED,

		/** The lines have left. */
		SHIPPED,

		/**
		 * The order was cancelled after it was rejected, or before it was placed: then
		 * its placement reserves nothing.
		 */
		CANCELLED

	}

	/** Units of one product, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
