package dev.orderflow.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the raw records of a topic, from its beginning to its end at the moment of the
 * call. It joins no consumer group and commits nothing. Records of aborted transactions
 * are left out.
 */
public final class TopicRecords {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration READ_MAX = Duration.ofSeconds(60);

	private TopicRecords() {
	}

	/** All records, in order within each partition. */
	public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		forEach(bootstrapServers, topic, records::add);
		return records;
	}

	/** Passes each record on without keeping it, in order within each partition. */
	public static void forEach(String bootstrapServers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
				ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.ISOLATION_LEVEL_CONFIG,
				"read_committed", ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList();
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			readTo(consumer, ends, reader);
		}
	}

	private static void readTo(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends,
			Consumer<ConsumerRecord<byte[], byte[]>> reader) {
		long deadline = System.nanoTime() + READ_MAX.toNanos();
		while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException(
						"Could not read up to %s within %d s".formatted(ends, READ_MAX.toSeconds()));
			}
			for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
				if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
					reader.accept(record);
				}
			}
		}
	}

}
