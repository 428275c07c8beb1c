package dev.orderflow.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What this process published: {@code outbox.published} rows, and
 * {@code outbox.publish.delay}, the time from the start of a row's transaction to its
 * acknowledgement.
 */
final class OutboxMetrics {

	private final Counter published;

	private final Timer publishDelay;

	private final Clock clock;

	OutboxMetrics(MeterRegistry registry, Clock clock) {
		this.published = registry.counter("outbox.published");
		this.publishDelay = Timer.builder("outbox.publish.delay").publishPercentileHistogram().register(registry);
		this.clock = clock;
	}

	void published(List<WaitingRow> rows) {
		Instant now = this.clock.instant();
		this.published.increment(rows.size());
		rows.forEach((row) -> this.publishDelay.record(Duration.between(row.createdAt(), now)));
	}

}
