package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * {@code inbox.events} counts records by {@code outcome}: applied, duplicate, skipped (a
 * type that the handler does not take), dead-lettered. {@code inbox.event.age} is the
 * time from an event's {@code time} to its effect.
 */
final class InboxMetrics {

	private final Counter applied;

	private final Counter duplicate;

	private final Counter skipped;

	private final Counter deadLettered;

	private final Timer age;

	private final Clock clock;

	InboxMetrics(MeterRegistry registry, Clock clock) {
		this.applied = registry.counter("inbox.events", "outcome", "applied");
		this.duplicate = registry.counter("inbox.events", "outcome", "duplicate");
		this.skipped = registry.counter("inbox.events", "outcome", "skipped");
		this.deadLettered = registry.counter("inbox.events", "outcome", "dead-lettered");
		this.age = Timer.builder("inbox.event.age").publishPercentileHistogram().register(registry);
		this.clock = clock;
	}

	<E> void applied(List<ReceivedEvent<E>> events) {
		Instant now = this.clock.instant();
		this.applied.increment(events.size());
		events.forEach((event) -> this.age.record(ageOf(event, now)));
	}

	/** A producer's clock may be ahead by any amount; the timer takes 292 years. */
	private static Duration ageOf(ReceivedEvent<?> event, Instant now) {
		return event.time().isBefore(now) ? Duration.between(event.time(), now) : Duration.ZERO;
	}

	void duplicate(int records) {
		this.duplicate.increment(records);
	}

	void skipped(int records) {
		this.skipped.increment(records);
	}

	void deadLettered(int records) {
		this.deadLettered.increment(records);
	}

}
