package dev.orderflow.inbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Deletes markers older than their retention, a bounded batch at a time, each in its own
 * transaction: no long lock, no long transaction. What a run leaves, the next one takes.
 */
final class MarkerRetention {

	private static final int BATCHES_PER_RUN_MAX = 1000;

	private static final Logger logger = LoggerFactory.getLogger(MarkerRetention.class);

	private final Markers markers;

	private final InboxProperties settings;

	MarkerRetention(Markers markers, InboxProperties settings) {
		this.markers = markers;
		this.settings = settings;
	}

	@Scheduled(initialDelayString = "${orderflow.inbox.retention-initial-delay:1m}",
			fixedDelayString = "${orderflow.inbox.retention-interval:1h}")
	void deleteExpired() {
		long deleted = 0;
		for (int batch = 0; batch < BATCHES_PER_RUN_MAX; batch++) {
			int inBatch = this.markers.deleteOlderThan(this.settings.markerRetention(),
					this.settings.retentionBatchSize());
			deleted += inBatch;
			if (inBatch < this.settings.retentionBatchSize()) {
				break;
			}
		}
		if (deleted > 0) {
			logger.info("markers deleted: count={} olderThan={}", deleted, this.settings.markerRetention());
		}
	}

}
