package dev.orderflow.inbox;

import dev.orderflow.retention.ExpiredRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Deletes markers older than their retention, a bounded batch at a time.
 */
final class MarkerRetention implements SchedulingConfigurer {

	private static final Logger logger = LoggerFactory.getLogger(MarkerRetention.class);

	private final Markers markers;

	private final InboxProperties settings;

	MarkerRetention(Markers markers, InboxProperties settings) {
		this.markers = markers;
		this.settings = settings;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar schedule) {
		schedule.addFixedDelayTask(new FixedDelayTask(this::deleteExpired, this.settings.retentionInterval(),
				this.settings.retentionInitialDelay()));
	}

	void deleteExpired() {
		int limit = this.settings.retentionBatchSize();
		long deleted = ExpiredRows.deleteInBatches(limit,
				() -> this.markers.deleteOlderThan(this.settings.markerRetention(), limit));
		if (deleted > 0) {
			logger.info("markers deleted: count={} olderThan={}", deleted, this.settings.markerRetention());
		}
	}

}
