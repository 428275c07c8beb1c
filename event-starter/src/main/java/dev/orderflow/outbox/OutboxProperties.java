package dev.orderflow.outbox;

import java.net.URI;
import java.time.Duration;

import dev.orderflow.settings.Backoff;
import dev.orderflow.settings.Bounds;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the outbox and its relay.
 *
 * @param source CloudEvents source of the events of this service
 * @param directUrl JDBC URL of the relay's two connections if the service itself connects
 * through a transaction pooler: a session holds the lock. Default: the service's URL
 * @param pollInterval how long the relay sleeps unless it is woken, 10 ms to 1 min
 * @param batchSizeMax most rows sent after one scan, 1 to 10000
 * @param rowsInFlightMax most rows sent and not yet acknowledged, 1 to 100000
 * @param bytesInFlightMax most bytes of these, 64 KB to 16 MB, half of what the producer
 * buffers; one row at a time may exceed it
 * @param answerTimeout how long the producer may report nothing about rows in flight
 * before it is replaced, 1 s to 1 h. A replacement causes duplicates if it was the broker
 * that was silent
 * @param backoff pauses after a failure of broker or database
 */
@ConfigurationProperties("orderflow.outbox")
public record OutboxProperties(URI source, @Nullable String directUrl, @DefaultValue("100ms") Duration pollInterval,
		@DefaultValue("1000") int batchSizeMax, @DefaultValue("8000") int rowsInFlightMax,
		@DefaultValue("8MB") DataSize bytesInFlightMax, @DefaultValue("2m") Duration answerTimeout,
		@DefaultValue Backoff backoff) {

	public OutboxProperties {
		if (source == null) {
			throw new IllegalArgumentException(
					"orderflow.outbox.source is missing: expected a URI such as /orderflow/order-service");
		}
		Bounds.require("orderflow.outbox.poll-interval", pollInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
		Bounds.require("orderflow.outbox.batch-size-max", batchSizeMax, 1, 10_000);
		Bounds.require("orderflow.outbox.rows-in-flight-max", rowsInFlightMax, 1, 100_000);
		Bounds.require("orderflow.outbox.bytes-in-flight-max", bytesInFlightMax, DataSize.ofKilobytes(64),
				DataSize.ofMegabytes(16));
		Bounds.require("orderflow.outbox.answer-timeout", answerTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
	}

}
