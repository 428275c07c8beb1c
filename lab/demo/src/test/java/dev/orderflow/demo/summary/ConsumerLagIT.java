package dev.orderflow.demo.summary;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: the lag counts every record that the group has not committed, on every partition
 * of every topic it reads. Method: a real broker, and a group without members that has
 * committed on some partitions only.
 */
class ConsumerLagIT {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private static final String REPLAY = Topics.replay("orders", "group").name();

	private static final Topology TOLD = new Topology(
			List.of(new Service("told-service", 8080, "told", null, List.of("orders"))));

	private static KafkaServer server;

	private static Admin admin;

	@BeforeAll
	static void start(@TempDir Path directory) {
		server = KafkaServer.start(Ports.free(), directory.resolve("data"), directory.resolve("log"));
		server.createTopics(List.of(Topics.source("orders"), Topics.replay("orders", "group"), Topics.source("cut")));
		admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
		Map<String, Object> settings = Map.of("bootstrap.servers", server.bootstrapServers());
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				for (int record = 0; record < 10; record++) {
					producer.send(new ProducerRecord<>("orders", partition, null, new byte[1]));
				}
			}
			producer.send(new ProducerRecord<>(REPLAY, 3, null, new byte[1]));
			for (int record = 0; record < 10; record++) {
				producer.send(new ProducerRecord<>("cut", 0, null, new byte[1]));
			}
		}
	}

	@AfterAll
	static void stop() {
		admin.close();
		server.close();
	}

	@Test
	void countsPartitionsWithoutACommitFromTheBeginning() throws Exception {
		assertThat(lag("unknown-group", "orders", REPLAY)).isEqualTo(Topics.PARTITIONS * 10 + 1);

		commit("group", Map.of(new TopicPartition("orders", 0), 10L, new TopicPartition("orders", 5), 4L));

		assertThat(lag("group", "orders", REPLAY)).isEqualTo((Topics.PARTITIONS - 2) * 10 + 6 + 1);
	}

	@Test
	void countsOnlyRetainedRecords() throws Exception {
		TopicPartition partition = new TopicPartition("cut", 0);
		commit("late-group", Map.of(partition, 2L));
		admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(7))).all().get();

		assertThat(lag("late-group", "cut")).isEqualTo(3);
		assertThat(lag("new-group", "cut")).isEqualTo(3);
	}

	@Test
	void failsForAMissingTopicInsteadOfCountingZero() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> lag("group", "orders", "missing"))
			.withCauseInstanceOf(UnknownTopicOrPartitionException.class);
	}

	@Test
	void failsWithinItsBoundWhenNobodyAnswers() {
		try (ConsumerLag lag = new ConsumerLag("localhost:" + Ports.free(), Duration.ofSeconds(1))) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> lag.of("group", List.of("orders")))
				.isInstanceOfAny(ExecutionException.class, TimeoutException.class);
		}
	}

	@Test
	void reportsEveryPartitionUnderKafkaExportersMetricNames() throws Exception {
		server.createTopics(List.of(Topics.replay("orders", "told-service")));
		commit("told-service", Map.of(new TopicPartition("orders", 0), 7L));

		try (LagEndpoint endpoint = new LagEndpoint(TOLD, server.bootstrapServers(), Ports.free())) {
			HttpResponse<String> answer = get(endpoint.uri());

			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body().lines()).contains("# TYPE kafka_consumergroup_lag gauge",
					"kafka_consumergroup_lag{consumergroup=\"told-service\",topic=\"orders\",partition=\"0\"} 3",
					"kafka_consumergroup_lag{consumergroup=\"told-service\",topic=\"orders\",partition=\"11\"} 10",
					"kafka_consumergroup_current_offset{consumergroup=\"told-service\",topic=\"orders\",partition=\"0\"} 7",
					"kafka_topic_partition_current_offset{topic=\"orders\",partition=\"0\"} 10")
				.allMatch((line) -> line.startsWith("#") || Scrape.parse(line).samples().size() == 1);
		}
	}

	@Test
	void answers503WhileKafkaDoesNotAnswer() throws Exception {
		try (LagEndpoint endpoint = new LagEndpoint(TOLD, "localhost:" + Ports.free(), Ports.free())) {
			assertThat(get(endpoint.uri()).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void answersWhileAnotherRequestHangs() throws Exception {
		server.createTopics(List.of(Topics.replay("orders", "told-service")));
		int port = Ports.free();
		try (LagEndpoint endpoint = new LagEndpoint(TOLD, server.bootstrapServers(), port);
				Socket half = new Socket("localhost", port)) {
			half.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));

			assertThat(get(endpoint.uri()).statusCode()).isEqualTo(200);
		}
	}

	private static HttpResponse<String> get(URI uri) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(HttpRequest.newBuilder(uri).timeout(BOUND).build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	private static long lag(String group, String... topics) throws Exception {
		try (ConsumerLag lag = new ConsumerLag(server.bootstrapServers(), BOUND)) {
			return lag.of(group, List.of(topics));
		}
	}

	private static void commit(String group, Map<TopicPartition, Long> offsets) throws Exception {
		Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
		offsets.forEach((partition, offset) -> commits.put(partition, new OffsetAndMetadata(offset)));
		admin.alterConsumerGroupOffsets(group, commits).all().get();
	}

}
