package dev.orderflow.inbox;

import java.time.Duration;

import dev.orderflow.settings.Backoff;
import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the inbox.
 *
 * @param recordsMax most records of one transaction, 1 to 5000
 * @param workMax most work of one transaction as the handler counts it, 1 or more; a
 * single event may exceed it
 * @param bytesMax most bytes of keys, values and headers of one transaction, 64 KB to 64
 * MB; a single record may exceed it
 * @param attemptsMax how often a record that fails alone is tried before it becomes a
 * dead letter, 1 to 20; a permanent defect is tried once
 * @param failuresMax number of records on which the handler fails one after the other,
 * without a success in between, that pauses the consumption, 2 to 10000
 * @param pauseCheckInterval pause between two checks whether a paused consumption was
 * resumed, 100 ms to 1 minute
 * @param backoff pauses between the tries of a record, and of a batch in an outage
 * @param processingMax time after which the unprocessed rest of a batch is polled again:
 * at most half of the consumer's {@code max.poll.interval.ms}
 * @param markerRetention how long the inbox remembers applied events, 2 days or more; an
 * event older than this minus one day becomes a dead letter
 * @param aheadMax how far an event's time may be ahead of this process's clock, up to 12
 * hours; a later event becomes a dead letter, because it would outlive its marker
 * @param retentionBatchSize most markers deleted by one statement, 1 to 10000
 * @param retentionInitialDelay delay from startup to the first deletion of old markers, 0
 * to 1 day
 * @param retentionInterval pause between two deletion runs, 1 s to 1 day
 * @param topicCheckInterval pause between two checks whether a topic was recreated, 100
 * ms to 1 h
 */
@ConfigurationProperties("orderflow.inbox")
public record InboxProperties(@DefaultValue("500") int recordsMax, @DefaultValue("5000") int workMax,
		@DefaultValue("4MB") DataSize bytesMax, @DefaultValue("4") int attemptsMax, @DefaultValue("50") int failuresMax,
		@DefaultValue("5s") Duration pauseCheckInterval, @DefaultValue Backoff backoff,
		@DefaultValue("2m") Duration processingMax, @DefaultValue("45d") Duration markerRetention,
		@DefaultValue("1h") Duration aheadMax, @DefaultValue("1000") int retentionBatchSize,
		@DefaultValue("1m") Duration retentionInitialDelay, @DefaultValue("1m") Duration retentionInterval,
		@DefaultValue("30s") Duration topicCheckInterval) {

	public InboxProperties {
		Bounds.require("orderflow.inbox.records-max", recordsMax, 1, 5000);
		Bounds.require("orderflow.inbox.work-max", workMax, 1, 1_000_000);
		Bounds.require("orderflow.inbox.bytes-max", bytesMax, DataSize.ofKilobytes(64), DataSize.ofMegabytes(64));
		Bounds.require("orderflow.inbox.attempts-max", attemptsMax, 1, 20);
		Bounds.require("orderflow.inbox.failures-max", failuresMax, 2, 10_000);
		Bounds.require("orderflow.inbox.pause-check-interval", pauseCheckInterval, Duration.ofMillis(100),
				Duration.ofMinutes(1));
		Bounds.require("orderflow.inbox.processing-max", processingMax, Duration.ofSeconds(1), Duration.ofHours(1));
		Bounds.require("orderflow.inbox.marker-retention", markerRetention, Duration.ofDays(2), Duration.ofDays(3650));
		Bounds.require("orderflow.inbox.ahead-max", aheadMax, Duration.ZERO, Duration.ofHours(12));
		Bounds.require("orderflow.inbox.retention-batch-size", retentionBatchSize, 1, 10_000);
		Bounds.require("orderflow.inbox.retention-initial-delay", retentionInitialDelay, Duration.ZERO,
				Duration.ofDays(1));
		Bounds.require("orderflow.inbox.retention-interval", retentionInterval, Duration.ofSeconds(1),
				Duration.ofDays(1));
		Bounds.require("orderflow.inbox.topic-check-interval", topicCheckInterval, Duration.ofMillis(100),
				Duration.ofHours(1));
	}

	/**
	 * Greatest age of an event that is applied. A marker is kept a day longer: its age
	 * counts from processing, which with clock skew may be before the event's time.
	 */
	Duration ageMax() {
		return this.markerRetention.minusDays(1);
	}

}
