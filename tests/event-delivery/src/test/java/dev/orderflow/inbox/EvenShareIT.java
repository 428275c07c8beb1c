package dev.orderflow.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: each replica that KEDA adds gets an even share of the source topic and of the
 * replay topic, so that N replicas have N times the throughput. Method: 1 to 12 members
 * with the inbox's client settings join one group on a real broker, and their assignments
 * are read after each has joined. It runs beside the other tests, because it waits half a
 * minute for heartbeats and shares only the broker with them.
 */
@Execution(ExecutionMode.CONCURRENT)
class EvenShareIT {

	private static final String GROUP = "even-service";

	private static final String SOURCE = "even";

	private static final String REPLAY = Topics.replay(SOURCE, GROUP).name();

	private static final Duration POLL = Duration.ofMillis(20);

	private final List<KafkaConsumer<byte[], byte[]>> members = new ArrayList<>();

	@BeforeAll
	static void createTopics() {
		TestServers.createTopics(Topics.source(SOURCE), Topics.replay(SOURCE, GROUP));
	}

	@AfterEach
	void leave() {
		this.members.forEach(KafkaConsumer::close);
	}

	@Test
	void givesEachOfOneToTwelveMembersItsEvenShareOfBothTopics() throws Exception {
		Map<String, Object> settings = settingsOfTheInbox();
		for (int count = 1; count <= Topics.PARTITIONS; count++) {
			KafkaConsumer<byte[], byte[]> joining = new KafkaConsumer<>(settings);
			joining.subscribe(List.of(SOURCE, REPLAY));
			this.members.add(joining);

			awaitShares(SOURCE);
			awaitShares(REPLAY);
		}
	}

	/** A fetch holds the largest record of a replay topic, and little beside it. */
	@Test
	void fetchesNoMoreThanAPodHolds() throws Exception {
		Map<String, Object> settings = settingsOfTheInbox();

		assertThat(settings).containsEntry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(2 * 1024 * 1024))
			.containsEntry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
					Integer.toString(Topics.replay(SOURCE, GROUP).messageBytesMax()));
	}

	/** All partitions are assigned once, and no two shares differ by more than one. */
	private void awaitShares(String topic) {
		int least = Topics.PARTITIONS / this.members.size();
		int most = Math.ceilDiv(Topics.PARTITIONS, this.members.size());
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL)
			.untilAsserted(() -> assertThat(sharesOf(topic)).as("%d members, %s", this.members.size(), topic)
				.allMatch((share) -> share >= least && share <= most)
				.satisfies((shares) -> assertThat(shares.stream().mapToInt(Integer::intValue).sum())
					.isEqualTo(Topics.PARTITIONS)));
	}

	private List<Integer> sharesOf(String topic) {
		return this.members.stream().map((member) -> {
			member.poll(POLL);
			return (int) member.assignment().stream().map(TopicPartition::topic).filter(topic::equals).count();
		}).toList();
	}

	private static Map<String, Object> settingsOfTheInbox() throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("inbox", new ClassPathResource("event-starter-inbox.yml"))
			.forEach(environment.getPropertySources()::addLast);
		Map<String, Object> settings = new HashMap<>(Binder.get(environment)
			.bind("spring.cloud.stream.kafka.binder.consumer-properties", Bindable.mapOf(String.class, String.class))
			.get());
		settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers());
		settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
		return settings;
	}

}
