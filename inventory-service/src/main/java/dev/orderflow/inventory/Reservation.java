package dev.orderflow.inventory;

import java.util.List;
import java.util.Optional;

/**
 * The decision about one order, final once stored.
 *
 * @param lacking the products that are the reason of a rejection; empty if reserved
 */
record Reservation(ReservationRequest request, Outcome outcome, List<String> lacking) {

	Reservation {
		lacking = List.copyOf(lacking);
	}

	/** Stored as its name. */
	enum Outcome {

		/** Every line is reserved. */
		RESERVED,

		/** At least one line asks for more than is available; nothing is reserved. */
		OUT_OF_STOCK,

		/** At least one product is not stocked here; nothing is reserved. */
		UNKNOWN_SKU;

		String status() {
			return (this == RESERVED) ? "RESERVED" : "REJECTED";
		}

		/** Why it was rejected. */
		Optional<String> reason() {
			return (this == RESERVED) ? Optional.empty() : Optional.of(name());
		}

	}

}
