package dev.orderflow.deadletter;

import java.time.Duration;

import dev.orderflow.settings.Bounds;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of dead letters.
 *
 * @param redrivesMax number of redrives after which a letter that fails is parked, 1 to
 * 100
 * @param retention how long resolved and purged letters are kept, 15 days or more: a
 * letter must outlive the records on its topic, which would otherwise be tried again when
 * the topic is rewound
 * @param auditRetention how long the audit of operators is kept, 15 days or more
 * @param retentionBatchSize most rows deleted by one statement, 1 to 10000
 * @param retentionInitialDelay delay from startup to the first deletion, 0 to 1 day
 * @param retentionInterval pause between two deletion runs, 1 s to 1 day
 */
@ConfigurationProperties("orderflow.dead-letters")
public record DeadLetterProperties(@DefaultValue("5") int redrivesMax, @DefaultValue("45d") Duration retention,
		@DefaultValue("400d") Duration auditRetention, @DefaultValue("1000") int retentionBatchSize,
		@DefaultValue("1m") Duration retentionInitialDelay, @DefaultValue("10m") Duration retentionInterval) {

	private static final Duration RETENTION_MIN = Duration.ofDays(15);

	private static final Duration RETENTION_MAX = Duration.ofDays(3650);

	public DeadLetterProperties {
		Bounds.require("orderflow.dead-letters.redrives-max", redrivesMax, 1, 100);
		Bounds.require("orderflow.dead-letters.retention", retention, RETENTION_MIN, RETENTION_MAX);
		Bounds.require("orderflow.dead-letters.audit-retention", auditRetention, RETENTION_MIN, RETENTION_MAX);
		Bounds.require("orderflow.dead-letters.retention-batch-size", retentionBatchSize, 1, 10_000);
		Bounds.require("orderflow.dead-letters.retention-initial-delay", retentionInitialDelay, Duration.ZERO,
				Duration.ofDays(1));
		Bounds.require("orderflow.dead-letters.retention-interval", retentionInterval, Duration.ofSeconds(1),
				Duration.ofDays(1));
	}

}
