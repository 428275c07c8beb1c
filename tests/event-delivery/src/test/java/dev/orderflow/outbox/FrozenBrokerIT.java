package dev.orderflow.outbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import dev.orderflow.testservice.TestService;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a broker that does not answer for a while costs time alone: no record expires in
 * the producer, so that none is overtaken or sent again. Method: a broker of its own is
 * frozen for several request timeouts while rows wait; then each key's records are read.
 * The request timeout is short, so that a delivery timeout that ended could be, too.
 */
class FrozenBrokerIT {

	private static final String SERVICE = "frozen-service";

	private static final Duration REQUEST_MAX = Duration.ofSeconds(2);

	private static final Duration FROZEN = REQUEST_MAX.multipliedBy(6);

	private static final int KEYS = 10;

	private static final int RECORDS = 200;

	private final Database database = TestServers.database("frozen");

	@Test
	void publishesEachRowOnceAndInSequenceThoughTheBrokerWasFrozen(@TempDir Path directory) {
		try (KafkaServer kafka = KafkaServer.start(Ports.free(), directory.resolve("kafka"),
				directory.resolve("log"))) {
			kafka.createTopics(List.of(Topics.source("frozen"), Topics.dlq("frozen", SERVICE),
					Topics.replay("frozen", SERVICE), Topics.source("parcels")));
			try (ConfigurableApplicationContext service = start(kafka)) {
				append(service, 0, 1);
				await(() -> published(kafka).size() == 1);
				kafka.process().signal("STOP");
				try {
					append(service, 1, RECORDS);
					Awaitility.await().pollDelay(FROZEN).atMost(FROZEN.plusSeconds(30)).until(() -> true);
				}
				finally {
					kafka.process().signal("CONT");
				}
				JdbcClient jdbc = service.getBean(JdbcClient.class);
				await(() -> jdbc.sql("select count(*) from outbox_event").query(Integer.class).single() == 0);

				Map<String, List<Integer>> found = published(kafka).stream()
					.collect(Collectors.groupingBy((value) -> Integer.toString(value % KEYS)));
				for (int key = 0; key < KEYS; key++) {
					int first = key;
					assertThat(found.get(Integer.toString(key))).as("records of key %d", key)
						.isEqualTo(IntStream.range(0, RECORDS).filter((i) -> i % KEYS == first).boxed().toList());
				}
			}
		}
	}

	private ConfigurableApplicationContext start(KafkaServer kafka) {
		Map<String, String> properties = TestServers.properties(this.database);
		properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
		properties.put("spring.kafka.producer.properties.[request.timeout.ms]", Long.toString(REQUEST_MAX.toMillis()));
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + SERVICE,
				"--orderflow.inbox.topics=frozen,frozen." + SERVICE + ".replay"));
		properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new SpringApplicationBuilder(TestService.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
	}

	private static void append(ConfigurableApplicationContext service, int from, int to) {
		Outbox outbox = service.getBean(Outbox.class);
		List<ProducerRecord<byte[], byte[]>> records = IntStream.range(from, to)
			.mapToObj((i) -> new ProducerRecord<>("parcels", bytes("key-" + i % KEYS), bytes(Integer.toString(i))))
			.toList();
		service.getBean(TransactionTemplate.class).executeWithoutResult((status) -> outbox.append(records));
	}

	private static List<Integer> published(KafkaServer kafka) {
		return TopicReader.read(kafka.bootstrapServers(), "parcels")
			.stream()
			.map((record) -> Integer.valueOf(text(record.value())))
			.toList();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200)).until(condition);
	}

}
