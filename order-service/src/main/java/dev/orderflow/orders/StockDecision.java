package dev.orderflow.orders;

import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.Order.Status;
import io.cloudevents.CloudEvent;

/** What inventory decided about the stock for an order. */
sealed interface StockDecision {

	UUID orderId();

	/** The event that says so. */
	CloudEvent event();

	/** The status that an undecided order gets. */
	Status verdict();

	/** The decision in a few words, for the timeline. */
	String summary();

	/** Every line is reserved. */
	record Reserved(UUID orderId, CloudEvent event) implements StockDecision {

		@Override
		public Status verdict() {
			return Status.CONFIRMED;
		}

		@Override
		public String summary() {
			return "all lines reserved";
		}

	}

	/**
	 * Nothing is reserved.
	 *
	 * @param skus the products that are the reason
	 */
	record Rejected(UUID orderId, Reason reason, List<String> skus, CloudEvent event) implements StockDecision {

		public Rejected {
			skus = List.copyOf(skus);
		}

		@Override
		public Status verdict() {
			return Status.REJECTED;
		}

		@Override
		public String summary() {
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

}
