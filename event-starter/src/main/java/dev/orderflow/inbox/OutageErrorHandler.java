package dev.orderflow.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orderflow.settings.Backoff;
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

	private final Backoff backoff;

	/** The running sequence of each consumer thread; a good batch ends it. */
	private final Map<Thread, BackOffExecution> sequences = new ConcurrentHashMap<>();

	OutageErrorHandler(ListenerContainerPauseService pauses, Backoff backoff) {
		this.pauses = pauses;
		this.backoff = backoff;
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
		BackOffExecution sequence = this.sequences.computeIfAbsent(Thread.currentThread(),
				(thread) -> this.backoff.start());
		Duration pause = Duration.ofMillis(sequence.nextBackOff());
		logger.warn("outage: consumer pauses for {} ms, then tries {} records again: {}", pause.toMillis(),
				batch.count(), cause.toString());
		this.pauses.pause(container, pause);
	}

	/** After a batch without failure. */
	@Override
	public void clearThreadState() {
		this.sequences.remove(Thread.currentThread());
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

}
