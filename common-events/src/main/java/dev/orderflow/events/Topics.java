package dev.orderflow.events;

import java.time.Duration;

/**
 * The topics and their settings. A consumer has two of its own beside each topic that it
 * reads, named after its consumer group, which is its module's name: dead letters leave
 * on the DLQ, redriven events come back on the replay topic.
 */
public final class Topics {

	/** Everything about orders, keyed by order id, written by order-service alone. */
	public static final String ORDERS = "orders";

	/** Partitions of every topic: the most replicas of one consumer that get work. */
	public static final int PARTITIONS = 12;

	/** How long source and replay topics keep records. */
	public static final Duration RETENTION = Duration.ofDays(14);

	/** How long a DLQ keeps records. */
	public static final Duration DLQ_RETENTION = Duration.ofDays(30);

	/** Largest record of a source topic, in bytes. */
	public static final int MESSAGE_BYTES_MAX = 1024 * 1024;

	/** What a dead letter's own headers may add to a record, in bytes. */
	public static final int DEAD_LETTER_HEADROOM_BYTES = 64 * 1024;

	private Topics() {
	}

	/** A topic that events are published to. */
	public static Topic source(String name) {
		return new Topic(name, PARTITIONS, RETENTION, MESSAGE_BYTES_MAX);
	}

	/** Where {@code service} puts the records of {@code topic} it cannot process. */
	public static Topic dlq(String topic, String service) {
		return new Topic(topic + "." + service + ".dlq", PARTITIONS, DLQ_RETENTION,
				MESSAGE_BYTES_MAX + DEAD_LETTER_HEADROOM_BYTES);
	}

	/** Where dead letters of {@code topic} come back to {@code service} alone. */
	public static Topic replay(String topic, String service) {
		return new Topic(topic + "." + service + ".replay", PARTITIONS, RETENTION,
				MESSAGE_BYTES_MAX + DEAD_LETTER_HEADROOM_BYTES);
	}

}
