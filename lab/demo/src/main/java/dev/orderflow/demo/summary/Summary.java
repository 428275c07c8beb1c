package dev.orderflow.demo.summary;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The figures of one moment. A figure is absent when its source did not answer.
 *
 * @param at when the summary was requested
 * @param placed orders in order-service's database
 * @param outboxPending rows of all outboxes that wait to be published
 * @param outboxParked rows of all outboxes that the broker refused permanently, and later
 * rows with the same keys
 * @param consumers in the order in which they start
 */
public record Summary(LocalTime at, OptionalLong placed, OptionalLong outboxPending, OptionalLong outboxParked,
		List<Consumer> consumers) {

	public Summary {
		consumers = List.copyOf(consumers);
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
