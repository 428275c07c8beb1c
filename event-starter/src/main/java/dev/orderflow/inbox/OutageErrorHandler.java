package dev.orderflow.inbox;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orderflow.consumption.ConsumptionPausedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Waits for the end of an outage, or until an operator resumes a paused consumption,
 * however long it takes. The failed batch is polled again: the consumer seeks each
 * partition back to the batch's first offset, commits nothing, and pauses for the next
 * back-off interval. A paused consumer keeps polling, so it stays a member of its group
 * and keeps its partitions.
 *
 * <p>
 * The batch polled again starts at the same offsets but may end at others, so a listener
 * that needs each effect once must deduplicate by event, not by batch.
 *
 * <p>
 * As an interceptor it learns before each poll which partitions the consumer still has:
 * an outage is over for a member that has lost all partitions of the failed batch, since
 * their next owner meets it itself.
 */
final class OutageErrorHandler implements CommonErrorHandler, BatchInterceptor<Object, Object> {

	private static final Logger logger = LoggerFactory.getLogger(OutageErrorHandler.class);

	private final ListenerContainerPauseService pauses;

	private final InboxProperties settings;

	private final InboxMetrics metrics;

	/**
	 * The current outage of each consumer thread; a successful batch ends it, and so does
	 * the loss of its partitions.
	 */
	private final Map<Thread, Pauses> running = new ConcurrentHashMap<>();

	OutageErrorHandler(ListenerContainerPauseService pauses, InboxProperties settings, InboxMetrics metrics,
			ConsumerLiveness liveness) {
		this.pauses = pauses;
		this.settings = settings;
		this.metrics = metrics;
		metrics.paused(() -> isPaused() || liveness.hasFailed());
	}

	/**
	 * True from the first failure to the next successful batch. A try that does not end
	 * counts as paused until {@code processing-max} after the last pause.
	 */
	private boolean isPaused() {
		long tryMax = this.settings.processingMax().toNanos();
		return this.running.values().stream().anyMatch((outage) -> System.nanoTime() - outage.endNanos < tryMax);
	}

	/** What this process waits for, or null while it works. */
	@Nullable Waiting waiting() {
		return isPaused() ? this.running.values().stream().map((outage) -> outage.waiting).findFirst().orElse(null)
				: null;
	}

	@Override
	public void handleBatch(Exception failure, ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		for (TopicPartition partition : batch.partitions()) {
			ConsumerRecord<?, ?> first = batch.records(partition).getFirst();
			if (consumer.assignment().contains(partition)) {
				consumer.seek(partition, first.offset());
			}
		}
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		if (cause instanceof BatchUnfinishedException) {
			logger.info("batch of {} records is delivered again: {}", batch.count(), cause.getMessage());
			return;
		}
		pause(container, batch.count(), batch.partitions(), cause);
	}

	/**
	 * A poll failed, for example on a batch corrupted on the broker's disk. Only an
	 * operator can skip that batch; until then the failure is handled and reported as an
	 * outage.
	 */
	@Override
	public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		pause(container, 0, consumer.assignment(), NestedExceptionUtils.getMostSpecificCause(failure));
	}

	private void pause(MessageListenerContainer container, int records, Set<TopicPartition> partitions,
			Throwable cause) {
		Pauses outage = this.running.computeIfAbsent(Thread.currentThread(),
				(thread) -> new Pauses(this.settings.backoff().start()));
		Waiting waiting = Waiting.after(cause);
		boolean isNew = !waiting.equals(outage.waiting);
		Duration pause = outage.next(partitions, waiting,
				(waiting.kind == Failure.BROKEN_RELEASE) ? this.settings.pauseCheckInterval() : null);
		this.metrics.retried(waiting.kind);
		if (waiting.kind != Failure.BROKEN_RELEASE) {
			logger.warn("outage: consumer pauses for {} ms, then tries {} records again: {}", pause.toMillis(), records,
					waiting.failure);
		}
		else if (isNew) {
			logger.error("consumption: paused, checked every {} ms: {}", pause.toMillis(), waiting.failure);
		}
		this.pauses.pause(container, pause);
	}

	/** Called before each poll, on the consumer's own thread, while it is paused too. */
	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		Pauses outage = this.running.get(Thread.currentThread());
		if (outage != null && !outage.partitions.isEmpty()
				&& Collections.disjoint(outage.partitions, consumer.assignment())) {
			logger.info("outage: the partitions of the failed batch were taken away, another member tries it");
			this.running.remove(Thread.currentThread());
		}
	}

	@Override
	public ConsumerRecords<Object, Object> intercept(ConsumerRecords<Object, Object> records,
			Consumer<Object, Object> consumer) {
		return records;
	}

	/**
	 * Called after each batch without failure, whereas {@link #clearThreadState()} is not
	 * called after one that follows a failed poll.
	 */
	@Override
	public void success(ConsumerRecords<Object, Object> records, Consumer<Object, Object> consumer) {
		this.running.remove(Thread.currentThread());
	}

	/** Called after a failed batch has succeeded, and when the container stops. */
	@Override
	public void clearThreadState() {
		this.running.remove(Thread.currentThread());
	}

	/**
	 * This handler seeks, so the container must not deliver the records that it still
	 * holds.
	 */
	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	/** By default a container commits a batch that its error handler has handled. */
	@Override
	public boolean isAckAfterHandle() {
		return false;
	}

	private static final class Pauses {

		private final BackOffExecution sequence;

		/**
		 * Of the last failed batch; empty if a poll failed before the consumer had any.
		 * Used by the consumer's thread alone.
		 */
		private Set<TopicPartition> partitions = Set.of();

		private volatile @Nullable Waiting waiting;

		/** When the last pause is over; written by the consumer's thread alone. */
		private volatile long endNanos;

		Pauses(BackOffExecution sequence) {
			this.sequence = sequence;
		}

		Duration next(Set<TopicPartition> failed, Waiting waiting, @Nullable Duration fixed) {
			this.partitions = Set.copyOf(failed);
			this.waiting = waiting;
			Duration pause = (fixed != null) ? fixed : Duration.ofMillis(this.sequence.nextBackOff());
			this.endNanos = System.nanoTime() + pause.toNanos();
			return pause;
		}

	}

	/**
	 * Why a batch could not be processed.
	 *
	 * @param failure the failure at the root, which is the same as long as its cause is
	 */
	record Waiting(Failure kind, String failure) {

		static Waiting after(Throwable cause) {
			Failure kind = (cause instanceof ConsumptionPausedException) ? Failure.BROKEN_RELEASE
					: (Failure.of(cause) == Failure.CONTENTION) ? Failure.CONTENTION : Failure.OUTAGE;
			return new Waiting(kind, cause.toString());
		}

	}

}
