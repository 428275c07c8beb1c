package dev.orderflow.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.deadletter.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Applies a polled batch in slices of one transaction each. Offsets are committed after
 * {@link #accept} returns; after a crash before that the batch is delivered again, and
 * the markers prevent a second effect.
 *
 * <p>
 * An outage is thrown, and {@link OutageErrorHandler} has the batch delivered again
 * later. A defective record is isolated by halving the slice: the others are applied, and
 * that record is tried {@code attempts-max} times before it becomes a dead letter, or
 * once if no retry can succeed. For a record whose locks other sessions hold, the inbox
 * waits. Each record of a type that the handler takes ends as applied, a duplicate or a
 * dead letter.
 *
 * <p>
 * A release that is broken would make a dead letter of every record. It is recognised by
 * the kind of failure, or by {@code failures-max} records that the handler failed on one
 * after the other; then the consumption is paused in every replica, and nothing is
 * applied or set aside until an operator resumes it.
 *
 * @param <E> the family of event data
 */
final class Inbox<E> implements Consumer<RawBatch>, ApplicationListener<ContextClosedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(Inbox.class);

	private final EventDecoder<E> decoder;

	private final InboxTransaction<E> transaction;

	private final DeadLetters deadLetters;

	private final BrokenRelease brokenRelease;

	private final InboxProperties settings;

	private final InboxMetrics metrics;

	private final CountDownLatch closing = new CountDownLatch(1);

	/**
	 * Most records of one transaction. Lower after a batch that ran out of time: the next
	 * delivery starts with the slice size that halving had reached, to get to the
	 * defective record.
	 */
	private volatile int recordsLimit;

	Inbox(EventDecoder<E> decoder, InboxTransaction<E> transaction, DeadLetters deadLetters,
			BrokenRelease brokenRelease, InboxProperties settings, InboxMetrics metrics) {
		this.decoder = decoder;
		this.transaction = transaction;
		this.deadLetters = deadLetters;
		this.brokenRelease = brokenRelease;
		this.settings = settings;
		this.metrics = metrics;
		this.recordsLimit = settings.recordsMax();
	}

	@Override
	public void accept(RawBatch batch) {
		try {
			applyAll(batch);
		}
		catch (Error failure) {
			// An Error would stop the container permanently.
			throw asOutage(failure);
		}
	}

	private void applyAll(RawBatch batch) {
		this.brokenRelease.requireRunning();
		long deadlineNanos = System.nanoTime() + this.settings.processingMax().toNanos();
		for (List<Inbound<E>> slice : slices(decode(batch))) {
			slice.forEach((inbound) -> inbound.span().begin());
			try {
				process(slice, deadlineNanos);
			}
			finally {
				slice.forEach((inbound) -> inbound.span().close());
			}
		}
		this.recordsLimit = this.settings.recordsMax();
	}

	/**
	 * Omits records that are dead letters already and types that the handler does not
	 * take.
	 */
	private List<Inbound<E>> decode(RawBatch batch) {
		Set<DeadLetter.Origin> dead = this.deadLetters.storedAmong(batch.records());
		List<Inbound<E>> inbound = new ArrayList<>(batch.records().size());
		List<ConsumerRecord<byte[], byte[]>> skipped = new ArrayList<>();
		if (!dead.isEmpty()) {
			logger.info("skipped: reason=already-dead count={} first={}", dead.size(), dead.iterator().next());
			this.metrics.alreadyDead(dead.size());
		}
		for (var record : batch.records()) {
			if (dead.contains(DeadLetter.Origin.of(record))) {
				continue;
			}
			Inbound<E> decoded = this.decoder.decode(record);
			if (decoded instanceof Inbound.Skipped<E> other) {
				logger.debug("skipped: type={} topic={} offset={}", other.type(), record.topic(), record.offset());
				skipped.add(record);
				continue;
			}
			inbound.add(decoded);
		}
		this.transaction.skip(skipped);
		this.metrics.skipped(skipped.size());
		return inbound;
	}

	/**
	 * Slices are bounded by records, work and bytes, so that a transaction is neither
	 * endless nor tiny.
	 */
	private List<List<Inbound<E>>> slices(List<Inbound<E>> inbound) {
		List<List<Inbound<E>>> slices = new ArrayList<>();
		List<Inbound<E>> slice = new ArrayList<>();
		long work = 0;
		long bytes = 0;
		for (Inbound<E> next : inbound) {
			boolean full = slice.size() == this.recordsLimit || work + next.work() > this.settings.workMax()
					|| bytes + next.bytes() > this.settings.bytesMax().toBytes();
			if (full && !slice.isEmpty()) {
				slices.add(slice);
				slice = new ArrayList<>();
				work = 0;
				bytes = 0;
			}
			slice.add(next);
			work += next.work();
			bytes += next.bytes();
		}
		if (!slice.isEmpty()) {
			slices.add(slice);
		}
		return slices;
	}

	/** Applies the slice, or its halves, until each of its records has ended. */
	private void process(List<Inbound<E>> slice, long deadlineNanos) {
		requireTime(deadlineNanos, slice.size());
		Tries tries = new Tries(slice.size() == 1, this.settings.attemptsMax());
		BackOffExecution pauses = this.settings.backoff().start();
		Tries.Next next = tryToApply(slice, tries);
		while (next == Tries.Next.AGAIN) {
			pause(pauses.nextBackOff());
			next = tryToApply(slice, tries);
		}
		if (next == Tries.Next.HALVE) {
			process(slice.subList(0, slice.size() / 2), deadlineNanos);
			process(slice.subList(slice.size() / 2, slice.size()), deadlineNanos);
		}
		else if (next == Tries.Next.GIVE_UP) {
			giveUp(slice.getFirst(), tries);
		}
		else if (next == Tries.Next.PAUSE) {
			throw this.brokenRelease.pause(tries.lastFailure());
		}
		else if (next == Tries.Next.WAIT) {
			throw asOutage(tries.lastFailure());
		}
	}

	private Tries.Next tryToApply(List<Inbound<E>> slice, Tries tries) {
		try {
			if (slice.size() == 1) {
				slice.getFirst().span().within(() -> this.transaction.apply(slice));
			}
			else {
				this.transaction.apply(slice);
			}
			this.brokenRelease.succeeded(slice);
			return Tries.Next.NOTHING;
		}
		catch (RuntimeException | Error failure) {
			Failure kind = Failure.of(failure);
			slice.forEach((inbound) -> inbound.span().tryFailed(failure, kind));
			logger.debug("a slice of {} records failed: {}", slice.size(), kind.label(), failure);
			Tries.Next next = tries.after(kind, failure);
			if (next == Tries.Next.AGAIN || next == Tries.Next.HALVE) {
				this.metrics.retried(kind);
			}
			return next;
		}
	}

	private static RuntimeException asOutage(Throwable failure) {
		return (failure instanceof RuntimeException exception) ? exception
				: new IllegalStateException("The batch failed for lack of resources", failure);
	}

	private void giveUp(Inbound<E> inbound, Tries tries) {
		Throwable failure = tries.lastFailure();
		this.brokenRelease.failed(failure);
		this.transaction.deadLetter(inbound,
				new DeadLetter(inbound.record(), BrokenRelease.rootOf(failure).toString(), tries.count()),
				EventSpan.typeOf(failure));
	}

	/**
	 * Checked before a slice, not between its tries: otherwise a record whose tries take
	 * longer than {@code processing-max} would never become a dead letter.
	 */
	private void requireTime(long deadlineNanos, int records) {
		if (System.nanoTime() - deadlineNanos > 0) {
			this.recordsLimit = records;
			throw new BatchUnfinishedException(
					"The batch took longer than processing-max=" + this.settings.processingMax());
		}
	}

	private void pause(long milliseconds) {
		try {
			if (this.closing.await(milliseconds, TimeUnit.MILLISECONDS)) {
				throw new BatchUnfinishedException("The service stops between two tries");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BatchUnfinishedException("Interrupted between two tries");
		}
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.closing.countDown();
	}

}
