package dev.orderflow.outbox;

import java.nio.ByteBuffer;
import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A row as the relay reads it. */
record OutboxRow(long id, ProducerRecord<byte[], byte[]> record, Instant createdAt) {

	/** What order is kept within: the records of one key of one topic. */
	OrderedBy orderedBy() {
		return OrderedBy.of(this.record.topic(), this.record.key());
	}

	record OrderedBy(String topic, @Nullable ByteBuffer key) {

		static OrderedBy of(String topic, byte @Nullable [] key) {
			return new OrderedBy(topic, (key != null) ? ByteBuffer.wrap(key) : null);
		}

	}

}
