package dev.orderflow.outbox;

import java.nio.ByteBuffer;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A row without its payload: what the relay needs to decide whether to send it, and what
 * it keeps until the broker has answered.
 *
 * @param bytes of key, headers and payload together
 * @param headers how many the record has
 * @param createdAt when its transaction began
 */
record WaitingRow(long id, OrderedBy orderedBy, long bytes, int headers, Instant createdAt) {

	/** Heap size of the record, estimated high. */
	long heldBytes() {
		return this.bytes + (long) HeaderColumns.HEAP_BYTES * this.headers;
	}

	String topic() {
		return this.orderedBy.topic();
	}

	/**
	 * The scope within which order is kept: the records of one key of one topic.
	 *
	 * @param key the record's key, or a digest of a long one; null for records without a
	 * key, which have no order
	 */
	record OrderedBy(String topic, @Nullable ByteBuffer key) {

		static OrderedBy of(String topic, byte @Nullable [] key) {
			return new OrderedBy(topic, (key != null) ? ByteBuffer.wrap(key) : null);
		}

		boolean hasKey() {
			return this.key != null;
		}

	}

}
