package dev.orderflow.inbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.RunningTestService;
import dev.orderflow.testservice.ThingEffects;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.beans.factory.annotation.Autowired;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running service whose inbox reads real topics and can be handed a batch directly.
 */
abstract class InboxTest extends RunningTestService {

	protected static final int ATTEMPTS_MAX = 3;

	/** Offsets beyond those of real records, ascending through the JVM. */
	private static final AtomicInteger offsets = new AtomicInteger(1_000_000);

	protected static TopicWriter topics;

	protected static Admin admin;

	@Autowired
	protected Consumer<RawBatch> inbox;

	@Autowired
	protected ThingEffects effects;

	@Autowired
	protected MeterRegistry meters;

	@BeforeAll
	static void connect() {
		topics = new TopicWriter();
		admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()));
	}

	@AfterAll
	static void disconnect() {
		topics.close();
		admin.close();
	}

	@SafeVarargs
	protected static RawBatch batch(ProducerRecord<byte[], byte[]>... records) {
		List<ProducerRecord<byte[], byte[]>> list = new ArrayList<>();
		for (ProducerRecord<byte[], byte[]> record : records) {
			list.add(record);
		}
		return batch(list);
	}

	protected static RawBatch batch(List<ProducerRecord<byte[], byte[]>> records) {
		return new RawBatch(records.stream().map((record) -> polled(record, offsets.incrementAndGet())).toList());
	}

	/** A batch of one record at an offset that the test chooses. */
	protected static RawBatch batchAt(long offset, ProducerRecord<byte[], byte[]> record) {
		return new RawBatch(List.of(polled(record, offset)));
	}

	protected static List<ProducerRecord<byte[], byte[]>> things(String idPrefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> aThing(idPrefix + i, "a")).toList();
	}

	protected static void writeAndAwaitConsumed(ProducerRecord<byte[], byte[]> record) {
		writeAndAwaitConsumed(List.of(record));
	}

	protected static void writeAndAwaitConsumed(List<ProducerRecord<byte[], byte[]>> records) {
		var last = topics.write(records).getLast();
		await().untilAsserted(() -> assertThat(committed(last.topic(), last.partition())).isGreaterThan(last.offset()));
	}

	protected static long committed(String topic, int partition) {
		return committed().getOrDefault(new TopicPartition(topic, partition), 0L);
	}

	protected static Map<TopicPartition, Long> committed() {
		try {
			Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(SERVICE)
				.partitionsToOffsetAndMetadata()
				.get(20, TimeUnit.SECONDS);
			return offsets.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not read the offsets of group " + SERVICE, ex);
		}
	}

	protected void assertAppliedOnce(String idPrefix, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(this.effects.effectsOf(idPrefix + i)).as(idPrefix + i).isEqualTo(1);
		}
	}

	protected double count(String outcome) {
		return this.meters.counter("inbox.events", "outcome", outcome).count();
	}

	protected double retries(String reason) {
		return this.meters.counter("inbox.retries", "reason", reason).count();
	}

	protected int deadLettersOf(String key) {
		return this.jdbc.sql("select count(*) from dead_letter where message_key = :key")
			.param("key", bytes(key))
			.query(Integer.class)
			.single();
	}

	protected long deadLetters() {
		return this.jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
	}

	/* The one record on the DLQ with that key. */
	protected static ConsumerRecord<byte[], byte[]> awaitDeadLetterRecord(String key) {
		await().untilAsserted(() -> assertThat(recordsOf(DLQ, key)).as(key).hasSize(1));
		return recordsOf(DLQ, key).getFirst();
	}

	protected static List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic, String key) {
		return TopicReader.read(topic).stream().filter((record) -> Arrays.equals(record.key(), bytes(key))).toList();
	}

	protected static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return text(record.headers().lastHeader(name).value());
	}

}
