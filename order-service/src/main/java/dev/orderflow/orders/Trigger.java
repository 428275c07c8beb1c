package dev.orderflow.orders;

import java.time.Instant;
import java.util.List;

/** What may change an order's status; {@link Transition} says when it does. */
sealed interface Trigger {

	/** What happened, in a few words, for the timeline. */
	String words();

	/** Inventory reserved every line. */
	record StockReserved() implements Trigger {

		@Override
		public String words() {
			return "all lines reserved";
		}

	}

	/**
	 * Inventory reserved nothing.
	 *
	 * @param skus the products that are the reason
	 */
	record StockRejected(Reason reason, List<String> skus) implements Trigger {

		public StockRejected {
			skus = List.copyOf(skus);
		}

		@Override
		public String words() {
			return this.reason.words + ": " + String.join(", ", this.skus);
		}

		/** Why. */
		enum Reason {

			OUT_OF_STOCK("out of stock"), UNKNOWN_SKU("not stocked");

			private final String words;

			Reason(String words) {
				this.words = words;
			}

		}

	}

	/** Shipping planned the parcels. */
	record ShipmentPlanned(int parcels, Instant plannedFor) implements Trigger {

		@Override
		public String words() {
			return "%d %s, pickup planned for %s".formatted(this.parcels, (this.parcels == 1) ? "parcel" : "parcels",
					this.plannedFor);
		}

	}

	/** The carrier has the parcels. */
	record ShipmentDispatched(String carrier, String trackingNumber) implements Trigger {

		@Override
		public String words() {
			return "dispatched with %s, %s".formatted(this.carrier, this.trackingNumber);
		}

	}

	/** Shipping will not ship anything. */
	record ShipmentCancelled() implements Trigger {

		@Override
		public String words() {
			return "nothing will be shipped";
		}

	}

	/** The customer asked to cancel. */
	record CustomerCancels() implements Trigger {

		@Override
		public String words() {
			return "the customer cancelled";
		}

	}

}
