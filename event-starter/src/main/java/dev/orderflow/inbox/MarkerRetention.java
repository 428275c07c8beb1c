package dev.orderflow.inbox;

import dev.orderflow.retention.ExpiredRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Deletes markers older than their retention, a bounded batch at a time.
 */
final class MarkerRetention {

	private static final Logger logger = LoggerFactory.getLogger(MarkerRetention.class);

	private final Markers markers;

	private final InboxProperties settings;

	MarkerRetention(Markers markers, InboxProperties settings) {
		this.markers = markers;
		this.settings = settings;
	}

	@Scheduled(initialDelayString = "${orderflow.inbox.retention-initial-delay:1m}",
			fixedDelayString = "${orderflow.inbox.retention-interval:1m}")
	void deleteExpired() {
		int limit = this.settings.retentionBatchSize();
		long deleted = ExpiredRows.deleteInBatches(limit,
				() -> this.markers.deleteOlderThan(this.settings.markerRetention(), limit));
		if (deleted > 0) {
			logger.info("markers deleted: count={} olderThan={}", deleted, this.settings.markerRetention());
		}
	}

}
