package dev.orderflow.outbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.opentelemetry.api.trace.Span;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows to the producer and collects the broker's answers: the producer's thread
 * adds them, the relay's thread takes them. An answer holds no payload.
 */
final class SentRows {

	private final Producer<byte[], byte[]> producer;

	private final SendSpans spans;

	private final Wake wake;

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	SentRows(Producer<byte[], byte[]> producer, SendSpans spans, Wake wake) {
		this.producer = producer;
		this.spans = spans;
		this.wake = wake;
	}

	void send(OutboxRow row) {
		long id = row.id();
		Headers headers = row.record().headers();
		Span span = this.spans.start(row.record());
		this.producer.send(row.record(), (metadata, failure) -> {
			// Comes first: the producer swallows what the rest of the callback throws.
			this.answers.add((failure == null) ? new Acknowledged(id) : new Failed(id, failure, headers));
			this.wake.signal();
			SendSpans.end(span, metadata, failure);
		});
	}

	/** Takes one answer; the producer reports some failures during {@code send}. */
	@Nullable Answer poll() {
		return this.answers.poll();
	}

	sealed interface Answer {

		long id();

	}

	record Acknowledged(long id) implements Answer {
	}

	/** The producer failed to send the row. */
	record Failed(long id, Exception cause, Headers headers) implements Answer {
	}

}
