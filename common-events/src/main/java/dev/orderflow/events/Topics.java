package dev.orderflow.events;

import java.time.Duration;

/**
 * The topics and their settings. For each topic that it reads, a consumer has two of its
 * own, named after its consumer group, which is its module's name: its dead letters go to
 * the DLQ, and redriven events return on the replay topic.
 */
public final class Topics {

	/** Everything about orders, keyed by order id, written by order-service alone. */
	public static final String ORDERS = "orders";

	/**
	 * The decisions about stock, keyed by order id, written by inventory-service alone.
	 */
	public static final String STOCK = "stock";

	/**
	 * Everything about shipments, keyed by order id, written by shipping-service alone.
	 */
	public static final String SHIPMENTS = "shipments";

	/**
	 * Partitions of every topic: the maximum number of replicas of one consumer that get
	 * work.
	 */
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

	/** Where dead letters of {@code topic} return to {@code service} only. */
	public static Topic replay(String topic, String service) {
		return new Topic(topic + "." + service + ".replay", PARTITIONS, RETENTION,
				MESSAGE_BYTES_MAX + DEAD_LETTER_HEADROOM_BYTES);
	}

}
