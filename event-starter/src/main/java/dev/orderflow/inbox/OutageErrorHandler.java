package dev.orderflow.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Waits an outage out, however long it takes. The batch that failed is polled again:
 * every partition goes back to the batch's first offset, nothing is committed, and the
 * container pauses for the next step of the back-off. A paused consumer goes on polling,
 * so it stays a member of its group and keeps its partitions.
 *
 * <p>
 * The batch that is polled again starts at the same offsets but may end elsewhere;
 * whoever depends on its effects once deduplicates by event, not by batch.
 */
final class OutageErrorHandler implements CommonErrorHandler {

	private static final Logger logger = LoggerFactory.getLogger(OutageErrorHandler.class);

	private final ListenerContainerPauseService pauses;

	private final InboxProperties settings;

	private final InboxMetrics metrics;

	/** The running outage of each consumer thread; a good batch ends it. */
	private final Map<Thread, Pauses> running = new ConcurrentHashMap<>();

	OutageErrorHandler(ListenerContainerPauseService pauses, InboxProperties settings, InboxMetrics metrics,
			ConsumerLiveness liveness) {
		this.pauses = pauses;
		this.settings = settings;
		this.metrics = metrics;
		metrics.paused(() -> isPaused() || liveness.hasFailed());
	}

	/**
	 * From the first failure to the next good batch. A consumer that lost its partitions
	 * meanwhile gets no batch; it counts until a try would have been over.
	 */
	private boolean isPaused() {
		long tryMax = this.settings.processingMax().toNanos();
		return this.running.values().stream().anyMatch((outage) -> System.nanoTime() - outage.endNanos < tryMax);
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
		pause(container, batch.count(), cause);
	}

	/**
	 * A poll failed, for example at a batch that the broker's disk has corrupted. Nobody
	 * but an operator can go past it; until then it is an outage, and seen as one.
	 */
	@Override
	public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		pause(container, 0, NestedExceptionUtils.getMostSpecificCause(failure));
	}

	private void pause(MessageListenerContainer container, int records, Throwable cause) {
		Duration pause = this.running
			.computeIfAbsent(Thread.currentThread(), (thread) -> new Pauses(this.settings.backoff().start()))
			.next();
		this.metrics.retried(Failure.OUTAGE);
		logger.warn("outage: consumer pauses for {} ms, then tries {} records again: {}", pause.toMillis(), records,
				cause.toString());
		this.pauses.pause(container, pause);
	}

	/** After a batch without failure. */
	@Override
	public void clearThreadState() {
		this.running.remove(Thread.currentThread());
	}

	/**
	 * This handler seeks, so the container must not hand on the records it still holds.
	 */
	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	/** By default a container commits the batch that its error handler took care of. */
	@Override
	public boolean isAckAfterHandle() {
		return false;
	}

	private static final class Pauses {

		private final BackOffExecution sequence;

		/** When the last pause is over; written by the consumer's thread alone. */
		private volatile long endNanos;

		Pauses(BackOffExecution sequence) {
			this.sequence = sequence;
		}

		Duration next() {
			Duration pause = Duration.ofMillis(this.sequence.nextBackOff());
			this.endNanos = System.nanoTime() + pause.toNanos();
			return pause;
		}

	}

}
