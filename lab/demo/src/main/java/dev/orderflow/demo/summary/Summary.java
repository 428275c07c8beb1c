package dev.orderflow.demo.summary;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The figures of one moment. A figure is absent when its source did not answer.
 *
 * @param at when the summary was requested
 * @param orders those in order-service's database
 * @param outboxPending rows of all outboxes that wait to be published
 * @param outboxParked rows of all outboxes that the broker refused permanently, and later
 * rows with the same keys
 * @param consumers in the order in which they start
 */
public record Summary(LocalTime at, Optional<Orders> orders, OptionalLong outboxPending, OptionalLong outboxParked,
		List<Consumer> consumers) {

	public Summary {
		consumers = List.copyOf(consumers);
	}

	/**
	 * Orders, and how many of them have each status now.
	 *
	 * @param placed all of them
	 * @param confirmed those that wait for their shipment
	 */
	public record Orders(long placed, long confirmed, long rejected, long shipped, long cancelled) {

		/** Share of the orders confirmed, shipped or rejected that are rejected. */
		double percentRejected() {
			long decided = this.confirmed + this.shipped + this.rejected;
			return (decided > 0) ? 100.0 * this.rejected / decided : 0;
		}

	}

	/**
	 * The figures of one consumer.
	 *
	 * @param name service and consumer group
	 * @param processed events whose effect this process has committed since it started
	 * @param lag records on the topics it reads that its group has not committed
	 * @param age how old the events of the last minute were when their effect was
	 * committed
	 * @param deadLetters unresolved dead letters
	 */
	public record Consumer(String name, OptionalLong processed, OptionalLong lag, Optional<EventAge> age,
			OptionalLong deadLetters) {
	}

}
