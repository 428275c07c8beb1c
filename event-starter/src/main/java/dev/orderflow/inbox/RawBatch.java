package dev.orderflow.inbox;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A polled batch as it came from Kafka: keys, values and headers are the bytes on the
 * topic, not decoded.
 *
 * @param records in the order of the poll
 */
public record RawBatch(List<ConsumerRecord<byte[], byte[]>> records) {

	public RawBatch {
		records = List.copyOf(records);
	}

	/** Without payloads, because it lands in logs. */
	@Override
	public String toString() {
		return "RawBatch[" + this.records.size() + " records]";
	}

}
