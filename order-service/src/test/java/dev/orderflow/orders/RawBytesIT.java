package dev.orderflow.orders;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.orderflow.events.Topics;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.outbox.HeaderColumns;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import io.cloudevents.spring.messaging.CloudEventMessageConverter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: with cloudevents-spring on the class path a stream binding still passes the bytes
 * and headers of the topic on unconverted, even if its converter is a bean. Method: this
 * service with an inbox on real Kafka: a CloudEvent reaches its handler, and a record
 * that no converter could read becomes a dead letter with exactly its bytes and headers.
 */
@OrderServiceTest
@TestPropertySource(properties = { "orderflow.role=all", "orderflow.inbox.topics=" + RawBytesIT.TOPIC,
		"orderflow.inbox.attempts-max=1" })
class RawBytesIT {

	static final String TOPIC = "raw-bytes";

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final byte[] NOT_JSON = { 0, (byte) 0xff, '{', (byte) 0x80 };

	@Autowired
	private Received received;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void aBindingHandsOverBytesAndHeadersAsTheyAre() {
		String id = UUID.randomUUID().toString();
		ProducerRecord<byte[], byte[]> event = record(id, "{\"text\": \"Ærø\"}".getBytes(StandardCharsets.UTF_8));
		ProducerRecord<byte[], byte[]> defect = record(UUID.randomUUID().toString(), NOT_JSON);
		defect.headers().add("binary", NOT_JSON).add("ce-looks-like-http", new byte[] { 1 });
		try (TopicWriter topic = new TopicWriter()) {
			topic.write(List.of(event, defect));
		}

		Awaitility.await().atMost(BOUND).until(() -> !this.received.events.isEmpty() && deadLetters() == 1);

		assertThat(this.received.events).extracting(ReceivedEvent::id).containsExactly(id);
		assertThat(this.received.events.getFirst().data().get("text").asString()).isEqualTo("Ærø");
		assertThat(this.jdbc.sql("select payload from dead_letter").query(byte[].class).single()).isEqualTo(NOT_JSON);
		Header[] kept = this.jdbc.sql("select header_names, header_values from dead_letter")
			.query((row, number) -> HeaderColumns.read(row).toArray())
			.single();
		assertThat(kept).isEqualTo(defect.headers().toArray());
	}

	private int deadLetters() {
		return this.jdbc.sql("select count(*) from dead_letter").query(Integer.class).single();
	}

	private static ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, 0, "key".getBytes(StandardCharsets.UTF_8),
				value);
		Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/test", "ce_type", "test", "ce_time",
				Instant.now().toString(), "content-type", "application/json")
			.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
		return record;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Inbox {

		/** cloudevents-spring's message converter, which the binding must not use. */
		@Bean
		CloudEventMessageConverter cloudEventMessages() {
			return new CloudEventMessageConverter();
		}

		@Bean
		@Primary
		Received received() {
			TestServers.createTopics(Topics.source(TOPIC), Topics.dlq(TOPIC, "order-service"));
			return new Received();
		}

	}

	/** Keeps the received events. */
	static class Received implements EventHandler<JsonNode> {

		private final List<ReceivedEvent<JsonNode>> events = new CopyOnWriteArrayList<>();

		@Override
		public String name() {
			return "raw-bytes";
		}

		@Override
		public Map<String, Class<? extends JsonNode>> types() {
			return Map.of("test", JsonNode.class);
		}

		@Override
		public void handle(List<ReceivedEvent<JsonNode>> received) {
			this.events.addAll(received);
		}

	}

}
