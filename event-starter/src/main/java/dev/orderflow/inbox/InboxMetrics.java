package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * {@code inbox.events} counts records by {@code outcome}: applied, duplicate, skipped (a
 * type that the handler does not take), dead-lettered, already-dead (delivered again
 * after it became a dead letter). {@code inbox.event.age} is the time from an event's
 * {@code time} to its effect. {@code inbox.retries} counts failed tries of slices and
 * batches that are repeated, by {@code reason}: outage, contention, defect,
 * permanent-defect; broken-release counts the checks of a paused consumption.
 * {@code inbox.paused} is 1 while this process cannot process events: in an outage, while
 * its consumption is paused, and after its consumer stopped on an error.
 */
final class InboxMetrics {

	/** Lower bound of the histogram, which has no further buckets outside its bounds. */
	private static final Duration AGE_EXPECTED_MIN = Duration.ofMillis(10);

	private static final Duration AGE_EXPECTED_MAX = Duration.ofMinutes(5);

	/**
	 * Exact buckets for the objectives: visible within 5 s while the consumer has a
	 * replica, within 15 s if it is scaled up from zero.
	 */
	private static final Duration[] AGE_OBJECTIVES = { Duration.ofSeconds(5), Duration.ofSeconds(15) };

	private final Counter applied;

	private final Counter duplicate;

	private final Counter skipped;

	private final Counter deadLettered;

	private final Counter alreadyDead;

	private final Map<Failure, Counter> retries = new EnumMap<>(Failure.class);

	private final MeterRegistry registry;

	private final Timer age;

	private final Clock clock;

	InboxMetrics(MeterRegistry registry, Clock clock) {
		this.applied = registry.counter("inbox.events", "outcome", "applied");
		this.duplicate = registry.counter("inbox.events", "outcome", "duplicate");
		this.skipped = registry.counter("inbox.events", "outcome", "skipped");
		this.deadLettered = registry.counter("inbox.events", "outcome", "dead-lettered");
		this.alreadyDead = registry.counter("inbox.events", "outcome", "already-dead");
		for (Failure reason : Failure.values()) {
			this.retries.put(reason, registry.counter("inbox.retries", "reason", reason.label()));
		}
		this.age = Timer.builder("inbox.event.age")
			.publishPercentileHistogram()
			.minimumExpectedValue(AGE_EXPECTED_MIN)
			.maximumExpectedValue(AGE_EXPECTED_MAX)
			.serviceLevelObjectives(AGE_OBJECTIVES)
			.register(registry);
		this.registry = registry;
		this.clock = clock;
	}

	/** Evaluated at each scrape. */
	void paused(BooleanSupplier isPaused) {
		Gauge.builder("inbox.paused", () -> isPaused.getAsBoolean() ? 1 : 0).register(this.registry);
	}

	void retried(Failure reason) {
		Objects.requireNonNull(this.retries.get(reason)).increment();
	}

	<E> void applied(List<ReceivedEvent<E>> events) {
		Instant now = this.clock.instant();
		this.applied.increment(events.size());
		events.forEach((event) -> this.age.record(ageOf(event, now)));
	}

	/**
	 * A producer's clock may be ahead: a negative age counts as zero. The timer holds 292
	 * years.
	 */
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

	void alreadyDead(int records) {
		this.alreadyDead.increment(records);
	}

}
