package dev.orderflow.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.orderflow.audit.RecordOrigin;
import dev.orderflow.audit.TopicRecords;
import dev.orderflow.demo.Stack;
import dev.orderflow.events.Topics;
import dev.orderflow.topology.Service;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records that arrive again, and records that nobody can process: random bytes of up to a
 * mebibyte, no value, JSON that is no event, headers that lie; compressed by each codec.
 * Where the latter stand is remembered, because each must become a dead letter of every
 * consumer of its topic.
 */
final class HostileRecords {

	private static final int DUPLICATES_MAX = 200;

	private static final int POISON_EACH = 8;

	/** Headers and framing fit between this and the largest record of a topic. */
	private static final int VALUE_BYTES_MAX = Topics.MESSAGE_BYTES_MAX - 4096;

	private static final int SMALL_BYTES_MAX = 2000;

	private static final int KEYS = 500;

	/** Header of poison that looks like an event. */
	private static final String LIE = "lie";

	private static final List<String> CODECS = List.of("none", "gzip", "lz4", "zstd");

	private final Stack stack;

	private final Set<RecordOrigin> poison = ConcurrentHashMap.newKeySet();

	HostileRecords(Stack stack) {
		this.stack = stack;
	}

	List<Fault> all() {
		List<String> sources = this.stack.topology()
			.services()
			.stream()
			.flatMap((service) -> service.consumes().stream())
			.distinct()
			.toList();
		List<String> read = this.stack.topology()
			.services()
			.stream()
			.map(Service::reads)
			.flatMap(List::stream)
			.distinct()
			.toList();
		return List.of(Fault.of("duplicates", sources, 0, 1, this::repeat),
				Fault.of("poison", read, 0, 1, this::spoil));
	}

	/** Where the poison stands that was injected so far. */
	Set<RecordOrigin> poison() {
		return Collections.unmodifiableSet(this.poison);
	}

	/** Publishes records of the topic once more, as they are, in random sequence. */
	private Fault.Mend repeat(String topic, Random random) throws Exception {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		TopicRecords.forEach(this.stack.bootstrapServers(), topic, (record) -> {
			if (record.headers().lastHeader("ce_id") != null && record.headers().lastHeader(LIE) == null) {
				records.add(record);
			}
		});
		Collections.shuffle(records, random);
		List<ProducerRecord<byte[], byte[]>> again = records.stream()
			.limit(DUPLICATES_MAX)
			.map((record) -> new ProducerRecord<>(topic, record.partition(), record.key(), record.value(),
					record.headers()))
			.toList();
		send(again, CODECS.getFirst());
		return Fault.Mend.NOTHING;
	}

	private Fault.Mend spoil(String topic, Random random) throws Exception {
		List<byte[]> keys = orderKeys();
		for (String codec : CODECS) {
			List<ProducerRecord<byte[], byte[]>> records = Stream.generate(() -> aPoison(topic, keys, random))
				.limit(POISON_EACH / CODECS.size())
				.toList();
			for (RecordMetadata sent : send(records, codec)) {
				this.poison.add(new RecordOrigin(sent.topic(), sent.partition(), sent.offset()));
			}
		}
		return Fault.Mend.NOTHING;
	}

	/** Keys of orders, so that poison shares the partitions of their events. */
	private List<byte[]> orderKeys() {
		List<byte[]> keys = new ArrayList<>();
		TopicRecords.forEach(this.stack.bootstrapServers(), Topics.ORDERS, (record) -> {
			if (keys.size() < KEYS && record.key() != null && record.key().length == 36) {
				keys.add(record.key());
			}
		});
		return keys;
	}

	private static ProducerRecord<byte[], byte[]> aPoison(String topic, List<byte[]> keys, Random random) {
		byte @Nullable [] key = switch (random.nextInt(3)) {
			case 0 -> null;
			case 1 -> bytes(random, 40);
			default -> keys.isEmpty() ? null : keys.get(random.nextInt(keys.size()));
		};
		return switch (random.nextInt(5)) {
			case 0 -> new ProducerRecord<>(topic, key, bytes(random, VALUE_BYTES_MAX));
			case 1 -> new ProducerRecord<>(topic, key, null);
			case 2 -> new ProducerRecord<>(topic, key, utf8("{\"orderId\": \"%s\"}".formatted(UUID.randomUUID())));
			case 3 -> withHeaders(new ProducerRecord<>(topic, key, bytes(random, SMALL_BYTES_MAX)), "9.9",
					"2026-11-30T00:00:00Z");
			default -> withHeaders(new ProducerRecord<>(topic, key, utf8("[".repeat(SMALL_BYTES_MAX))), "1.0",
					"a time that is none");
		};
	}

	/** Nearly an event: whatever its type, no reader of CloudEvents takes it. */
	private static ProducerRecord<byte[], byte[]> withHeaders(ProducerRecord<byte[], byte[]> record, String version,
			String time) {
		record.headers()
			.add(LIE, utf8("yes"))
			.add("ce_specversion", utf8(version))
			.add("ce_id", utf8(UUID.randomUUID().toString()))
			.add("ce_source", utf8("/nowhere"))
			.add("ce_type", utf8("dev.orderflow.nothing.v1"))
			.add("ce_time", utf8(time))
			.add("content-type", utf8("application/json"));
		return record;
	}

	private List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records, String codec) throws Exception {
		Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.stack.bootstrapServers(),
				ProducerConfig.COMPRESSION_TYPE_CONFIG, codec, ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
				2 * Topics.MESSAGE_BYTES_MAX, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			List<Future<RecordMetadata>> sent = new ArrayList<>();
			records.forEach((record) -> sent.add(producer.send(record)));
			List<RecordMetadata> found = new ArrayList<>();
			for (Future<RecordMetadata> one : sent) {
				found.add(one.get());
			}
			return found;
		}
	}

	private static byte[] bytes(Random random, int lengthMax) {
		byte[] bytes = new byte[1 + random.nextInt(lengthMax)];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
