package dev.orderflow.test;

import java.util.List;

import dev.orderflow.audit.TopicRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the raw records of a topic, bytes and headers, from its beginning to its end at
 * the moment of the call. It joins no consumer group and commits nothing.
 */
public final class TopicReader {

	private TopicReader() {
	}

	/** All records of a topic of the tests' broker, in order within each partition. */
	public static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
		return read(TestServers.bootstrapServers(), topic);
	}

	/** All records of a topic, in order within each partition. */
	public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
		return TopicRecords.read(bootstrapServers, topic);
	}

}
