package dev.orderflow.test.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.BrokerSettings;
import dev.orderflow.servers.Ports;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: wherever it comes from, Kafka has the same settings, and comes back with its
 * data. Method: a broker of its own, asked by its clients, stopped and started.
 */
class TestKafkaIT {

	private static TestKafka broker;

	@BeforeAll
	static void start() {
		broker = ServerProvider.chosen().startKafka();
	}

	@AfterAll
	static void close() {
		if (broker != null) {
			broker.close();
		}
	}

	@Test
	void hasTheSettingsOfEveryBroker() throws ExecutionException, InterruptedException {
		Config config = config();

		BrokerSettings.common()
			.forEach((name, value) -> assertThat(config.get(name).value()).as(name).isEqualTo(value));
	}

	@Test
	void comesBackWithItsData() {
		broker.createTopics(List.of(Topics.source("letters")));
		write("first");

		broker.stop();

		assertThat(Ports.isFree(broker.port())).isTrue();

		broker.start();
		write("second");

		assertThat(TopicReader.read(broker.bootstrapServers(), "letters"))
			.extracting((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.containsExactly("first", "second");
	}

	private static void write(String text) {
		try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
			writer.write(new ProducerRecord<>("letters", 0, null, text.getBytes(StandardCharsets.UTF_8)));
		}
	}

	private static Config config() throws ExecutionException, InterruptedException {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, "1");
		try (Admin admin = Admin
			.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
			return admin.describeConfigs(Set.of(resource)).all().get().get(resource);
		}
	}

}
