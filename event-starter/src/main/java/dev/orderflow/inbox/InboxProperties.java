package dev.orderflow.inbox;

import java.time.Duration;

import dev.orderflow.settings.Backoff;
import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the inbox.
 *
 * @param recordsMax most records of one transaction, 1 to 5000
 * @param workMax most work of one transaction as the handler counts it, 1 or more; a
 * single event may exceed it
 * @param attemptsMax how often a record that fails alone is tried before it becomes a
 * dead letter, 1 to 20
 * @param backoff pauses between the tries of a record, and of a batch in an outage
 * @param processingMax when a batch has taken this long, what is left of it is polled
 * again: half of the consumer's {@code max.poll.interval.ms} or less
 * @param markerRetention how long the inbox knows what was applied; an older event
 * becomes a dead letter
 * @param retentionBatchSize most markers deleted by one statement, 1 to 10000
 * @param retentionInitialDelay when after the start old markers are deleted first, 0 to 1
 * day
 * @param retentionInterval pause between two such runs, 1 s to 1 day
 */
@ConfigurationProperties("orderflow.inbox")
public record InboxProperties(@DefaultValue("500") int recordsMax, @DefaultValue("5000") int workMax,
		@DefaultValue("4") int attemptsMax, @DefaultValue Backoff backoff, @DefaultValue("2m") Duration processingMax,
		@DefaultValue("45d") Duration markerRetention, @DefaultValue("1000") int retentionBatchSize,
		@DefaultValue("1m") Duration retentionInitialDelay, @DefaultValue("1m") Duration retentionInterval) {

	public InboxProperties {
		Bounds.require("orderflow.inbox.records-max", recordsMax, 1, 5000);
		Bounds.require("orderflow.inbox.work-max", workMax, 1, 1_000_000);
		Bounds.require("orderflow.inbox.attempts-max", attemptsMax, 1, 20);
		Bounds.require("orderflow.inbox.processing-max", processingMax, Duration.ofSeconds(1), Duration.ofHours(1));
		Bounds.require("orderflow.inbox.marker-retention", markerRetention, Duration.ofDays(1), Duration.ofDays(3650));
		Bounds.require("orderflow.inbox.retention-batch-size", retentionBatchSize, 1, 10_000);
		Bounds.require("orderflow.inbox.retention-initial-delay", retentionInitialDelay, Duration.ZERO,
				Duration.ofDays(1));
		Bounds.require("orderflow.inbox.retention-interval", retentionInterval, Duration.ofSeconds(1),
				Duration.ofDays(1));
	}

}
