package dev.orderflow.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.Superuser;
import dev.orderflow.testservice.TestService;
import dev.orderflow.testservice.ThingEffects;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a release that fails on every event sets hardly any aside, in no replica, and
 * goes on when an operator says so. Method: a column is dropped under two running
 * replicas, or their handler fails on everything; then dead letters, effects, health and
 * gauges are read.
 */
class BrokenReleaseIT {

	private static final String SERVICE = "broken-service";

	private static final int PARTITIONS = 12;

	private static final int FAILURES_MAX = 5;

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

	private static Database database;

	private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();

	private JdbcClient jdbc;

	private Superuser superuser;

	private Consumption consumption;

	@BeforeAll
	static void createTopics() {
		database = TestServers.database("broken");
		TestServers.createTopics(Topics.source("broken"), Topics.dlq("broken", SERVICE),
				Topics.replay("broken", SERVICE));
	}

	@BeforeEach
	void start() {
		startReplica();
		startReplica();
		this.jdbc = first().getBean(JdbcClient.class);
		this.superuser = first().getBean(Superuser.class);
		this.consumption = first().getBean(Consumption.class);
	}

	@AfterEach
	void stop() {
		this.consumption.resume("test", "the test ends");
		this.replicas.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void pausesEveryReplicaForAMissingColumnAndDeadLettersNothing() {
		long deadLetters = deadLetters();
		this.superuser.execute("alter table effect rename column amount to renamed");
		write(onAllPartitions("column-missing-"));

		await().untilAsserted(() -> assertThat(this.replicas).allMatch((replica) -> paused(replica) == 1));
		assertThat(this.consumption.pause()).hasValueSatisfying((pause) -> {
			assertThat(pause.by()).isEqualTo(SERVICE);
			assertThat(pause.reason()).contains("amount");
		});
		assertThat(this.replicas).allSatisfy((replica) -> {
			var health = replica.getBean(ConsumptionHealth.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("reason", "broken-release");
		});
		await().untilAsserted(() -> assertThat(pausedAge()).isPositive());

		this.superuser.execute("alter table effect rename column renamed to amount");
		double checks = checks();
		await().untilAsserted(() -> assertThat(checks()).isGreaterThan(checks + 3));
		assertThat(effects("column-missing-")).as("only an operator resumes the consumption").isZero();
		this.consumption.resume("alice", "column restored");

		await().untilAsserted(() -> assertThat(effects("column-missing-")).isEqualTo(PARTITIONS));
		await().untilAsserted(() -> assertThat(this.replicas).allMatch((replica) -> paused(replica) == 0));
		assertThat(deadLetters()).isEqualTo(deadLetters);
		assertThat(audit()).endsWith(SERVICE + " PAUSE", "alice RESUME_CONSUMPTION");
	}

	@Test
	void aReplicaThatStartsLaterIsPausedTooAndGoesOnWithTheOthers() {
		this.consumption.pause("alice", "before a repair");
		startReplica();
		write(onAllPartitions("later-"));

		await().untilAsserted(() -> assertThat(this.replicas).allMatch((replica) -> paused(replica) == 1));
		assertThat(effects("later-")).isZero();
		this.consumption.resume("alice", "repaired");

		await().untilAsserted(() -> assertThat(effects("later-")).isEqualTo(PARTITIONS));
	}

	@Test
	void pausesAfterFailuresInARowWithoutASuccess() {
		long deadLetters = deadLetters();
		whenHandling("broken", () -> {
			throw new IllegalStateException("Expected a release that works");
		});

		write(IntStream.range(0, 4 * FAILURES_MAX).mapToObj((i) -> aThing("in-a-row-" + i, "broken")).toList());

		await().untilAsserted(() -> assertThat(this.consumption.pause()).isPresent());
		assertThat(this.consumption.pause().orElseThrow().reason()).startsWith("5 records failed one after the other");
		double checks = checks();
		await().untilAsserted(() -> assertThat(checks()).isGreaterThan(checks + 3));
		assertThat(deadLetters()).isEqualTo(deadLetters + FAILURES_MAX - 1);
		whenHandling("broken", () -> {
		});
		this.consumption.resume("alice", "rolled back");

		await().untilAsserted(() -> assertThat(effects("in-a-row-")).isEqualTo(4 * FAILURES_MAX - (FAILURES_MAX - 1)));
	}

	@Test
	void countsNeitherRecordsThatDoNotParseNorFailuresBesideSuccesses() {
		long deadLetters = deadLetters();
		whenHandling("now-and-then", () -> {
			throw new IllegalStateException("Expected nothing");
		});
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < FAILURES_MAX; i++) {
			IntStream.range(0, FAILURES_MAX)
				.forEach((j) -> records.add(anEvent("unreadable-" + records.size(), ThingEffects.THING, "no json")));
			IntStream.range(1, FAILURES_MAX)
				.forEach((j) -> records.add(aThing("now-and-then-" + records.size(), "now-and-then")));
			records.add(aThing("sound-" + i, "sound"));
		}
		write(records);

		await().untilAsserted(() -> assertThat(effects("sound-")).isEqualTo(FAILURES_MAX));
		assertThat(this.consumption.pause()).isEmpty();
		assertThat(deadLetters()).isEqualTo(deadLetters + records.size() - FAILURES_MAX);
	}

	/** The handler fails only after another replica has paused the consumption. */
	@Test
	void setsNothingAsideOnceAnotherReplicaHasPausedTheConsumption() {
		long deadLetters = deadLetters();
		whenHandling("meanwhile", () -> {
			this.superuser.execute("""
					insert into consumption_pause (paused_at, paused_by, reason)
					values (now(), 'another replica', 'as the test says')
					on conflict do nothing""");
			throw new IllegalStateException("Expected nothing");
		});
		double checks = checks();
		write(List.of(aThing("meanwhile-1", "meanwhile")));

		await().untilAsserted(() -> assertThat(checks()).isGreaterThan(checks + 3));
		assertThat(deadLetters()).isEqualTo(deadLetters);
		whenHandling("meanwhile", () -> {
		});
	}

	private void startReplica() {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + SERVICE,
				"--orderflow.inbox.topics=broken,broken." + SERVICE + ".replay",
				"--orderflow.inbox.failures-max=" + FAILURES_MAX,
				"--orderflow.inbox.pause-check-interval=" + CHECK_INTERVAL.toMillis() + "ms"));
		TestServers.properties(database).forEach((name, value) -> arguments.add("--" + name + "=" + value));
		this.replicas.add(new SpringApplicationBuilder(TestService.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new)));
	}

	private ConfigurableApplicationContext first() {
		return this.replicas.getFirst();
	}

	private void whenHandling(String name, Runnable behaviour) {
		this.replicas.forEach((replica) -> replica.getBean(ThingEffects.class).when(name, (event) -> behaviour.run()));
	}

	private static List<ProducerRecord<byte[], byte[]>> onAllPartitions(String idPrefix) {
		return IntStream.range(0, PARTITIONS).mapToObj((i) -> {
			ProducerRecord<byte[], byte[]> thing = aThing(idPrefix + i, "a");
			return new ProducerRecord<>("broken", i, bytes(idPrefix + i), thing.value(), thing.headers());
		}).toList();
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter writer = new TopicWriter()) {
			writer.write(records.stream()
				.map((record) -> new ProducerRecord<>("broken", record.partition(), record.key(), record.value(),
						record.headers()))
				.toList());
		}
	}

	private static double paused(ConfigurableApplicationContext replica) {
		return replica.getBean(MeterRegistry.class).get("inbox.paused").gauge().value();
	}

	private double pausedAge() {
		return first().getBean(MeterRegistry.class).get("consumption.paused.age").gauge().value();
	}

	/** How often a replica with records found the consumption paused. */
	private double checks() {
		return this.replicas.stream()
			.mapToDouble((replica) -> replica.getBean(MeterRegistry.class)
				.counter("inbox.retries", "reason", "broken-release")
				.count())
			.sum();
	}

	private long effects(String idPrefix) {
		return this.jdbc.sql("select count(*) from effect where starts_with(event_id, :prefix)")
			.params(Map.of("prefix", idPrefix))
			.query(Long.class)
			.single();
	}

	private long deadLetters() {
		return this.jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
	}

	private List<String> audit() {
		return this.jdbc.sql("select operator || ' ' || action from operator_audit order by id")
			.query(String.class)
			.list();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
