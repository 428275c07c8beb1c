package dev.orderflow.outbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orderflow.outbox.Window.Partition;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that accept records now. A topic is looked up on a separate thread before
 * its first record is sent, because the producer blocks for {@code max.block.ms} on a
 * topic that does not exist. The relay sends rows of other topics meanwhile.
 */
final class ReachableTopics {

	/**
	 * Pause between two lookups of a topic that is missing or denies this service access.
	 */
	private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

	/** Partition number of a record without a key. */
	private static final int UNKNOWN = -1;

	private static final Logger logger = LoggerFactory.getLogger(ReachableTopics.class);

	private final Producer<byte[], byte[]> producer;

	private final Wake wake;

	private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

	private final Map<String, Long> triedNanos = new ConcurrentHashMap<>();

	private final Set<String> lookedUp = ConcurrentHashMap.newKeySet();

	ReachableTopics(Producer<byte[], byte[]> producer, Wake wake) {
		this.producer = producer;
		this.wake = wake;
	}

	/**
	 * The partition that the producer will choose for a key, or null while the topic
	 * cannot take records.
	 */
	@Nullable Partition partitionOf(WaitingRow row) {
		Integer count = this.partitions.get(row.topic());
		if (count == null) {
			lookUp(row.topic());
			return null;
		}
		ByteBuffer key = row.orderedBy().key();
		return new Partition(row.topic(),
				(key != null) ? Utils.toPositive(Utils.murmur2(key.array())) % count : UNKNOWN);
	}

	/** Whether the topic accepts records, as far as is known. */
	boolean isReachable(String topic) {
		return this.partitions.containsKey(topic);
	}

	/** Marks a topic as unreachable until it is looked up again, after a pause. */
	void stall(String topic, Exception failure) {
		this.triedNanos.put(topic, System.nanoTime());
		this.partitions.remove(topic);
		logger.warn("outbox rows wait for their topic: topic={} cause={}", topic, failure.toString());
	}

	private void lookUp(String topic) {
		Long tried = this.triedNanos.get(topic);
		boolean due = tried == null || System.nanoTime() - tried > RETRY_PAUSE.toNanos();
		if (due && this.lookedUp.add(topic)) {
			Thread.ofVirtual().name("outbox-topic").start(() -> ask(topic));
		}
	}

	private void ask(String topic) {
		try {
			this.partitions.put(topic, this.producer.partitionsFor(topic).size());
			this.triedNanos.remove(topic);
		}
		catch (InvalidTopicException ex) {
			// No topic can have that name: the producer will refuse the record
			// permanently.
			this.partitions.put(topic, 1);
		}
		catch (RuntimeException ex) {
			stall(topic, ex);
		}
		finally {
			this.lookedUp.remove(topic);
			this.wake.signal();
		}
	}

}
