package dev.orderflow.inbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.TestService;
import dev.orderflow.testservice.ThingEffects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.to;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a batch keeps its time limit, and a stopping service ends its pauses early;
 * neither loses nor repeats an effect. Method: services with short limits or long pauses,
 * on a topic of their own.
 */
@ExtendWith(OutputCaptureExtension.class)
class InboxTimeIT {

	private static final String SERVICE = "brief-service";

	/** Shorter than the pauses, which take a minute. */
	private static final int CLOSE_SECONDS_MAX = 40;

	private final Database database = TestServers.database("brief");

	@BeforeEach
	void createTopics() {
		TestServers.createTopics(Topics.source("brief"), Topics.dlq("brief", SERVICE), Topics.replay("brief", SERVICE));
	}

	@Test
	void finishesABatchOfManyPoisonsInSeveralDeliveries(CapturedOutput output) {
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			records.add(to("brief", aThing("slow-poison-" + i, "slow-poison")));
			records.add(to("brief", aThing("beside-slow-poison-" + i, "a")));
		}
		try (ConfigurableApplicationContext service = start("--logging.level.dev.orderflow.inbox=info",
				"--orderflow.inbox.processing-max=1s", "--orderflow.inbox.backoff.initial=100ms",
				"--orderflow.inbox.backoff.max=100ms")) {
			ThingEffects effects = service.getBean(ThingEffects.class);
			effects.when("slow-poison", (event) -> {
				throw new IllegalStateException("always");
			});

			write(records);

			await(() -> effects.effectsOf("beside-slow-poison-9") == 1 && deadLetters(service) == 10);
			assertThat(IntStream.range(0, 10)).allMatch((i) -> effects.effectsOf("beside-slow-poison-" + i) == 1)
				.allMatch((i) -> effects.effectsOf("slow-poison-" + i) == 0);
			assertThat(output).contains("is delivered again: The batch took longer than processing-max");
		}
	}

	@Test
	void setsARecordAsideWhoseTriesTakeLongerThanABatchMay() {
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			records.add(to("brief", aThing("beside-sluggish-" + i, "a")));
		}
		records.add(3, to("brief", aThing("sluggish-1", "sluggish")));
		try (ConfigurableApplicationContext service = start("--orderflow.inbox.processing-max=1s",
				"--orderflow.inbox.backoff.initial=10ms", "--orderflow.inbox.backoff.max=10ms")) {
			ThingEffects effects = service.getBean(ThingEffects.class);
			effects.when("sluggish", (event) -> {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1200));
				throw new IllegalStateException("after a long time");
			});

			write(records);

			await(() -> deadLettersOf(service, "sluggish-1") == 1
					&& IntStream.range(0, 8).allMatch((i) -> effects.effectsOf("beside-sluggish-" + i) == 1));
		}
	}

	@Test
	void stopsPromptlyDuringEachKindOfPauseAndLosesNothing(CapturedOutput output) throws Exception {
		stopInAPauseAfter(new IllegalStateException("a defect"));
		assertThat(output).contains("is delivered again: The service stops between two tries");
		stopInAPauseAfter(new IllegalStateException("an outage", new SQLException("gone", "08006")));

		try (ConfigurableApplicationContext service = start()) {
			ThingEffects effects = service.getBean(ThingEffects.class);
			await(() -> effects.effectsOf("stopped-1") == 1);
			assertThat(deadLettersOf(service, "stopped-1")).isZero();
		}
	}

	/*
	 * The first call writes the event; it is still unprocessed when the second call
	 * writes it again.
	 */
	private void stopInAPauseAfter(RuntimeException failure) throws Exception {
		ConfigurableApplicationContext service = start("--logging.level.dev.orderflow.inbox=info",
				"--orderflow.inbox.backoff.initial=1m", "--orderflow.inbox.backoff.max=1m");
		ThingEffects effects = service.getBean(ThingEffects.class);
		effects.when("stopped", (event) -> {
			throw failure;
		});
		write(List.of(to("brief", aThing("stopped-1", "stopped"))));
		await(() -> effects.triesOf("stopped-1") > 0);

		CompletableFuture.runAsync(service::close).get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
	}

	private ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--spring.application.name=" + SERVICE);
		all.add("--orderflow.inbox.topics=brief,brief." + SERVICE + ".replay");
		for (Map.Entry<String, String> property : TestServers.properties(this.database).entrySet()) {
			all.add("--" + property.getKey() + "=" + property.getValue());
		}
		return new SpringApplicationBuilder(TestService.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(all.toArray(String[]::new));
	}

	private static void write(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter writer = new TopicWriter()) {
			writer.write(records);
		}
	}

	private static int deadLetters(ConfigurableApplicationContext service) {
		return service.getBean(JdbcClient.class).sql("select count(*) from dead_letter").query(Integer.class).single();
	}

	private static int deadLettersOf(ConfigurableApplicationContext service, String key) {
		return service.getBean(JdbcClient.class)
			.sql("select count(*) from dead_letter where convert_from(message_key, 'UTF8') = :key")
			.param("key", key)
			.query(Integer.class)
			.single();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS).until(condition);
	}

}
