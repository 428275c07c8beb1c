package dev.orderflow.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

/**
 * {@code outbox.pending}, {@code outbox.parked} and {@code outbox.oldest.age} describe
 * the table, {@code outbox.published} and {@code outbox.publish.delay} what this process
 * published (rows; time from the start of the transaction to the acknowledgement).
 */
final class OutboxMetrics {

	private final Counter published;

	private final Timer publishDelay;

	private final Clock clock;

	OutboxMetrics(MeterRegistry registry, OutboxTable table, Clock clock) {
		this.published = registry.counter("outbox.published");
		this.publishDelay = Timer.builder("outbox.publish.delay").publishPercentileHistogram().register(registry);
		this.clock = clock;
		Gauge.builder("outbox.pending", table, OutboxTable::pending).register(registry);
		Gauge.builder("outbox.parked", table, OutboxTable::parked).register(registry);
		TimeGauge.builder("outbox.oldest.age", table, TimeUnit.MILLISECONDS, (rows) -> rows.oldestAge().toMillis())
			.register(registry);
	}

	void published(List<OutboxRow> rows) {
		Instant now = this.clock.instant();
		this.published.increment(rows.size());
		rows.forEach((row) -> this.publishDelay.record(Duration.between(row.createdAt(), now)));
	}

}
