package dev.orderflow.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: no record on a topic is larger in a consumer's heap than the topic allows.
 * Method: producers compress 20 MiB of zeros to some kilobytes and send them to topics
 * with the project's settings.
 */
class InflatedRecordIT {

	private static final int INFLATED_BYTES = 20 * 1024 * 1024;

	private static final int LARGE_BYTES = Topics.MESSAGE_BYTES_MAX / 2;

	private static final List<Topic> TOPICS = List.of(Topics.source("inflated"), Topics.dlq("inflated", "any-service"),
			Topics.replay("inflated", "any-service"));

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "zstd" })
	void isRefusedByTheBrokerOnEachKindOfTopic(String compression) {
		TestServers.createTopics(TOPICS.toArray(Topic[]::new));
		try (KafkaProducer<byte[], byte[]> producer = producer(compression)) {
			for (Topic topic : TOPICS) {
				assertThatExceptionOfType(ExecutionException.class).as(topic.name())
					.isThrownBy(() -> send(producer, topic, INFLATED_BYTES))
					.withCauseInstanceOf(RecordTooLargeException.class);
			}
		}
	}

	@Test
	void isTakenCompressedWhileItFits() throws Exception {
		TestServers.createTopics(TOPICS.toArray(Topic[]::new));
		try (KafkaProducer<byte[], byte[]> producer = producer("gzip")) {
			assertThat(send(producer, TOPICS.getFirst(), LARGE_BYTES)).isNotNegative();
		}
	}

	private static long send(KafkaProducer<byte[], byte[]> producer, Topic topic, int bytes) throws Exception {
		return producer.send(new ProducerRecord<>(topic.name(), new byte[bytes])).get(60, TimeUnit.SECONDS).offset();
	}

	private static KafkaProducer<byte[], byte[]> producer(String compression) {
		return new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers(),
				ProducerConfig.COMPRESSION_TYPE_CONFIG, compression, ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
				2 * INFLATED_BYTES, ProducerConfig.BUFFER_MEMORY_CONFIG, 3L * INFLATED_BYTES,
				ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
				ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));
	}

}
