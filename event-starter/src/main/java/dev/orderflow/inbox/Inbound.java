package dev.orderflow.inbox;

import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.outbox.HeaderColumns;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A polled record after decoding. */
sealed interface Inbound<E> {

	ConsumerRecord<byte[], byte[]> record();

	/** The span of its processing. */
	EventSpan span();

	/** How much work it adds to a transaction, 1 or more. */
	default int work() {
		return 1;
	}

	/**
	 * Size of key, value and headers, which a dead letter would copy, including the heap
	 * overhead of the headers.
	 */
	default long bytes() {
		long bytes = lengthOf(record().key()) + lengthOf(record().value());
		for (Header header : record().headers()) {
			bytes += HeaderColumns.HEAP_BYTES + header.key().length() + lengthOf(header.value());
		}
		return bytes;
	}

	private static long lengthOf(byte @Nullable [] part) {
		return (part != null) ? part.length : 0;
	}

	/** An event for the handler. */
	record Event<E>(ConsumerRecord<byte[], byte[]> record, EventSpan span, ReceivedEvent<E> event,
			int work) implements Inbound<E> {
	}

	/** An event of a type that the handler does not take. */
	record Skipped<E>(ConsumerRecord<byte[], byte[]> record, EventSpan span, String type) implements Inbound<E> {
	}

	/** A record that no attempt can process. */
	record Defect<E>(ConsumerRecord<byte[], byte[]> record, EventSpan span, String reason) implements Inbound<E> {

		DeadLetter deadLetter() {
			return new DeadLetter(this.record, this.reason, 1);
		}

	}

}
