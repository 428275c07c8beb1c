package dev.orderflow.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: the broker has the settings that the services rely on, and only explicitly
 * created topics. Method: clients query a real broker in its own process.
 */
class KafkaServerIT {

	private static final List<Topic> TOPICS = List.of(Topics.source("orders"),
			Topics.dlq("orders", "inventory-service"));

	private static KafkaServer server;

	private static Admin admin;

	@BeforeAll
	static void start(@TempDir Path directory) {
		server = KafkaServer.start(Ports.free(), directory.resolve("data"), directory.resolve("log"));
		server.createTopics(TOPICS);
		admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
	}

	@AfterAll
	static void stop() {
		admin.close();
		server.close();
		assertThat(server.process().isAlive()).isFalse();
	}

	@Test
	void givesTopicsTheSettingsAskedFor() throws ExecutionException, InterruptedException {
		for (Topic topic : TOPICS) {
			Config config = config(ConfigResource.Type.TOPIC, topic.name());
			topic.configs().forEach((name, value) -> assertThat(config.get(name).value()).as(name).isEqualTo(value));
			assertThat(admin.describeTopics(Set.of(topic.name())).allTopicNames().get().get(topic.name()).partitions())
				.hasSize(topic.partitions());
		}
	}

	@Test
	void createsTopicsOnce() throws ExecutionException, InterruptedException {
		server.createTopics(TOPICS);

		assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("orders",
				"orders.inventory-service.dlq");
	}

	@Test
	void createsNoTopicAutomatically() {
		try (var producer = new KafkaProducer<>(
				Map.<String, Object>of("bootstrap.servers", server.bootstrapServers(), "max.block.ms", 1000),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> producer.send(new ProducerRecord<>("nowhere", new byte[0])).get());
		}
	}

	@Test
	void takesADeadLetterOfTheLargestRecord() throws ExecutionException, InterruptedException {
		int large = Topics.MESSAGE_BYTES_MAX + Topics.DEAD_LETTER_HEADROOM_BYTES - 1024;
		try (var producer = new KafkaProducer<>(
				Map.<String, Object>of("bootstrap.servers", server.bootstrapServers(), "max.request.size", 2 * large),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			RecordMetadata taken = producer.send(new ProducerRecord<>("orders.inventory-service.dlq", new byte[large]))
				.get();

			assertThat(taken.hasOffset()).isTrue();
		}
	}

	@Test
	void keepsGroupsAsTheServicesExpect() throws ExecutionException, InterruptedException {
		Config config = config(ConfigResource.Type.BROKER, "1");

		Map.of("group.consumer.session.timeout.ms", "10000", "group.consumer.heartbeat.interval.ms", "2000",
				"group.consumer.min.session.timeout.ms", "6000", "group.consumer.min.heartbeat.interval.ms", "2000",
				"offsets.retention.minutes", Long.toString(Duration.ofDays(45).toMinutes()))
			.forEach((name, value) -> assertThat(config.get(name).value()).as(name).isEqualTo(value));
	}

	@Test
	void namesAPortThatIsTaken(@TempDir Path directory) {
		int port = Integer.parseInt(server.bootstrapServers().split(":")[1]);

		assertThatExceptionOfType(PortTakenException.class)
			.isThrownBy(() -> KafkaServer.start(port, directory.resolve("data"), directory.resolve("log")))
			.withMessageContaining(Integer.toString(port))
			.withMessageContaining("Kafka");
	}

	private static Config config(ConfigResource.Type type, String name)
			throws ExecutionException, InterruptedException {
		ConfigResource resource = new ConfigResource(type, name);
		return admin.describeConfigs(Set.of(resource)).all().get().get(resource);
	}

}
