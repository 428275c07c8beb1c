package dev.orderflow.deadletter;

import java.time.Clock;
import java.time.Duration;

import dev.orderflow.retention.ExpiredRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Deletes resolved and purged dead letters, and the audit of operators, after their
 * retention, a bounded batch at a time. Letters in any other state stay forever.
 */
final class DeadLetterRetention implements SchedulingConfigurer {

	private static final Logger logger = LoggerFactory.getLogger(DeadLetterRetention.class);

	private final ExpiredRows letters;

	private final ExpiredRows audit;

	private final DeadLetterProperties settings;

	private final Clock clock;

	DeadLetterRetention(JdbcTemplate jdbc, DeadLetterProperties settings, Clock clock) {
		this.letters = new ExpiredRows(jdbc, "dead_letter", "settled_at");
		this.audit = new ExpiredRows(jdbc, "operator_audit", "at");
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar schedule) {
		schedule.addFixedDelayTask(new FixedDelayTask(this::deleteExpired, this.settings.retentionInterval(),
				this.settings.retentionInitialDelay()));
	}

	void deleteExpired() {
		delete("dead letters", this.letters, this.settings.retention());
		delete("audit rows", this.audit, this.settings.auditRetention());
	}

	private void delete(String what, ExpiredRows rows, Duration age) {
		int limit = this.settings.retentionBatchSize();
		long deleted = ExpiredRows.deleteInBatches(limit,
				() -> rows.deleteBatch(this.clock.instant().minus(age), limit));
		if (deleted > 0) {
			logger.info("{} deleted: count={} olderThan={}", what, deleted, age);
		}
	}

}
