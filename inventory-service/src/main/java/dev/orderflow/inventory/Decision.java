package dev.orderflow.inventory;

import java.util.List;

import dev.orderflow.inventory.OrderChange.Placed;

/**
 * The decision about a placed order, final once stored.
 *
 * @param lacking the products that are the reason of a rejection; empty if reserved
 */
record Decision(Placed placed, Outcome outcome, List<String> lacking) {

	Decision {
		lacking = List.copyOf(lacking);
	}

	/** What is stored of it. */
	Reservation reservation() {
		return (this.outcome == Outcome.RESERVED) ? Reservation.reserved(this.placed.orderId(), this.placed.lines())
				: Reservation.rejected(this.placed.orderId(), this.outcome.name());
	}

	/** Its name is stored as the reason of a rejection. */
	enum Outcome {

		/** Every line is reserved. */
		RESERVED,

		/** At least one line asks for more than is available; nothing is reserved. */
		OUT_OF_STOCK,

		/** At least one product is not stocked here; nothing is reserved. */
		UNKNOWN_SKU

	}

}
