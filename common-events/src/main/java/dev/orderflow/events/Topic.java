package dev.orderflow.events;

import java.time.Duration;
import java.util.Map;

/**
 * A topic with its explicit settings; auto-creation is off everywhere.
 *
 * <p>
 * The broker stores records uncompressed. It therefore measures a compressed batch at its
 * uncompressed size, and refuses one of a few kilobytes that would inflate to hundreds of
 * megabytes in the heap of every consumer.
 *
 * <p>
 * Record timestamps are the broker's. With a producer's timestamps the broker would
 * permanently refuse records while that producer's clock is an hour ahead, and delete
 * them early while it is behind.
 *
 * @param name the topic's name
 * @param partitions number of partitions, the upper bound of parallel consumers
 * @param retention how long records are kept
 * @param messageBytesMax largest record batch the broker accepts, in bytes
 */
public record Topic(String name, int partitions, Duration retention, int messageBytesMax) {

	/** Settings under the names Kafka gives them ({@code retention.ms} and so on). */
	public Map<String, String> configs() {
		return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(this.retention.toMillis()),
				"max.message.bytes", Integer.toString(this.messageBytesMax), "compression.type", "uncompressed",
				"message.timestamp.type", "LogAppendTime");
	}

}
