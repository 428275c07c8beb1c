package dev.orderflow.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.opentelemetry.api.trace.Span;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Rows handed to the producer and not yet answered. The producer's thread reports, the
 * relay's thread waits and reads.
 */
final class BatchInFlight {

	/** A row that the producer gave up. */
	record Failure(OutboxRow row, Exception cause) {
	}

	private final List<OutboxRow> rows = new ArrayList<>();

	private final Queue<OutboxRow> acknowledged = new ConcurrentLinkedQueue<>();

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	/** One party for the sender, one for each row in flight. */
	private final Phaser answers = new Phaser(1);

	private final SendSpans spans;

	BatchInFlight(SendSpans spans) {
		this.spans = spans;
	}

	void send(OutboxRow row, Producer<byte[], byte[]> producer) {
		this.rows.add(row);
		this.answers.register();
		Span span = this.spans.start(row.record());
		producer.send(row.record(), (metadata, failure) -> {
			SendSpans.end(span, metadata, failure);
			if (failure == null) {
				this.acknowledged.add(row);
			}
			else {
				this.failures.add(new Failure(row, failure));
			}
			this.answers.arriveAndDeregister();
		});
	}

	/** Nothing more will be sent with this batch. */
	void seal() {
		this.answers.arriveAndDeregister();
	}

	/** Waits until every row is answered; false when the time-out passes first. */
	boolean await(Duration timeout) throws InterruptedException {
		try {
			this.answers.awaitAdvanceInterruptibly(0, timeout.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	List<OutboxRow> rows() {
		return this.rows;
	}

	/** Complete only after {@link #await} returned true. */
	List<OutboxRow> acknowledged() {
		return List.copyOf(this.acknowledged);
	}

	/** Takes one failure reported so far; some are reported while still sending. */
	@Nullable Failure pollFailure() {
		return this.failures.poll();
	}

}
