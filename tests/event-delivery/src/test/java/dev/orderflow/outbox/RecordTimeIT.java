package dev.orderflow.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a wrong clock of the relay affects neither publishing nor retention. Method:
 * records with the times of such clocks, on topics with the project's settings.
 */
class RecordTimeIT {

	@ParameterizedTest
	@ValueSource(strings = { "P30D", "-P30D" })
	void isTheBrokers(Duration clockError) throws Exception {
		String name = "clock" + clockError.toDays();
		for (Topic topic : List.of(Topics.source(name), Topics.dlq(name, "any-service"),
				Topics.replay(name, "any-service"))) {
			TestServers.createTopics(topic);
			Instant before = Instant.now();
			try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
					Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers(),
							ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
							ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class))) {
				producer
					.send(new ProducerRecord<>(topic.name(), null, before.plus(clockError).toEpochMilli(), null,
							new byte[1]))
					.get(60, TimeUnit.SECONDS);
			}

			assertThat(TopicReader.read(topic.name())).as(topic.name())
				.extracting(ConsumerRecord::timestamp)
				.allMatch((time) -> Duration.between(before, Instant.ofEpochMilli(time)).abs().toDays() < 1);
		}
	}

}
