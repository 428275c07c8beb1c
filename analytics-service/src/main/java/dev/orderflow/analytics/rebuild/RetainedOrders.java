package dev.orderflow.analytics.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.orderflow.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What the service's topics still have, read by one process. Each partition begins at the
 * offset that its group has committed, or at its oldest record.
 */
final class RetainedOrders implements AutoCloseable {

	private static final Duration POLL = Duration.ofSeconds(1);

	private static final int FETCH_BYTES_MAX = 2 * 1024 * 1024;

	/** The largest record of a replay topic. */
	private static final int PARTITION_FETCH_BYTES_MAX = Topics.MESSAGE_BYTES_MAX + Topics.DEAD_LETTER_HEADROOM_BYTES;

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final Clock clock;

	/**
	 * Reads on behalf of a group, which nobody joins: it only keeps the offsets.
	 * @param settings where Kafka is
	 */
	RetainedOrders(Map<String, Object> settings, String group, List<String> topics, Clock clock) {
		Map<String, Object> own = new HashMap<>(settings);
		own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
		own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		// As event-starter-inbox.yml bounds the service's own consumers.
		own.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
		own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES_MAX);
		this.consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.consumer.assign(topics.stream()
			.flatMap((topic) -> this.consumer.partitionsFor(topic).stream())
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList());
		this.clock = clock;
	}

	/**
	 * The first hour of which the topic of orders still has every event. One more hour is
	 * left out, because the clock of the producer may be ahead of the broker's, which
	 * dates the records.
	 * @return nothing if the topic never lost a record
	 */
	Optional<Instant> firstWholeHour() {
		List<TopicPartition> shortened = this.consumer.beginningOffsets(this.consumer.assignment())
			.entrySet()
			.stream()
			.filter((beginning) -> beginning.getKey().topic().equals(Topics.ORDERS) && beginning.getValue() > 0)
			.map(Map.Entry::getKey)
			.toList();
		Map<TopicPartition, Long> anyTime = new HashMap<>();
		shortened.forEach((partition) -> anyTime.put(partition, 0L));
		Map<TopicPartition, OffsetAndTimestamp> oldest = this.consumer.offsetsForTimes(anyTime);
		return shortened.stream()
			.map((partition) -> oldestTime(oldest.get(partition)))
			.max(Comparator.naturalOrder())
			.map((time) -> time.truncatedTo(ChronoUnit.HOURS).plus(2, ChronoUnit.HOURS));
	}

	/** A partition that lost all its records has those from now on. */
	private Instant oldestTime(@Nullable OffsetAndTimestamp record) {
		return (record != null) ? Instant.ofEpochMilli(record.timestamp()) : this.clock.instant();
	}

	/**
	 * Reads what is on the topics now. The offsets of a batch are committed after it was
	 * taken; one that was not is read again.
	 * @return false if the time was not enough
	 */
	boolean readToEnd(Consumer<List<ConsumerRecord<byte[], byte[]>>> batches, Duration bound) {
		long deadlineNanos = System.nanoTime() + bound.toNanos();
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(this.consumer.assignment());
		while (ends.entrySet().stream().anyMatch((end) -> this.consumer.position(end.getKey()) < end.getValue())) {
			if (System.nanoTime() - deadlineNanos > 0) {
				return false;
			}
			ConsumerRecords<byte[], byte[]> polled = this.consumer.poll(POLL);
			if (!polled.isEmpty()) {
				hand(polled, batches);
			}
		}
		return true;
	}

	private void hand(ConsumerRecords<byte[], byte[]> polled, Consumer<List<ConsumerRecord<byte[], byte[]>>> batches) {
		List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
		polled.forEach(batch::add);
		try {
			batches.accept(batch);
			this.consumer.commitSync();
		}
		catch (RuntimeException ex) {
			for (TopicPartition partition : polled.partitions()) {
				this.consumer.seek(partition, polled.records(partition).getFirst().offset());
			}
			throw ex;
		}
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
