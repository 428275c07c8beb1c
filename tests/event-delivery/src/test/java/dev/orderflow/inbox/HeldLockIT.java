package dev.orderflow.inbox;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.Superuser;
import dev.orderflow.testservice.TestService;
import dev.orderflow.testservice.ThingEffects;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.to;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a lock that is held for long makes no dead letter; a record whose statement takes
 * too long by itself makes one, and harms no other. Method: a service that waits 100 ms
 * for a lock, and a session that holds the row for many more tries than a defect would
 * get, for {@code -Dorderflow.lock.seconds} at least; then a statement that always
 * exceeds its time.
 */
class HeldLockIT {

	private static final String SERVICE = "patient-service";

	private static final int TRIES = 12;

	private static final Duration HELD_MIN = Duration.ofSeconds(Long.getLong("orderflow.lock.seconds", 0));

	private final Database database = TestServers.database("patient");

	@Test
	void waitsForALockAndSetsARecordAsideThatTakesTooLongByItself() throws Exception {
		TestServers.createTopics(Topics.source("patient"), Topics.dlq("patient", SERVICE),
				Topics.replay("patient", SERVICE));
		try (ConfigurableApplicationContext service = start()) {
			JdbcClient jdbc = service.getBean(JdbcClient.class);
			ThingEffects effects = service.getBean(ThingEffects.class);
			effects.when("locked", (event) -> jdbc.sql("""
					update total
					set amount = amount + 1
					where name = 'contended'""").update());
			effects.when("slow", (event) -> {
				jdbc.sql("set local statement_timeout = '10ms'").update();
				jdbc.sql("select pg_sleep(10)").query().listOfRows();
			});
			try (Connection other = service.getBean(Superuser.class).connect();
					Statement lock = other.createStatement()) {
				other.setAutoCommit(false);
				lock.execute("select amount from total where name = 'contended' for update");
				write("locked-1", "locked");
				await(() -> assertThat(effects.triesOf("locked-1")).isGreaterThan(TRIES));
				Awaitility.await().pollDelay(HELD_MIN).atMost(HELD_MIN.plusSeconds(60)).until(() -> true);
				assertThat(service.getBean(ConsumptionHealth.class).health().getDetails()).containsEntry("reason",
						"contention");
				assertThat(deadLetters(jdbc)).isZero();
				other.rollback();
			}
			await(() -> assertThat(effects.effectsOf("locked-1")).isEqualTo(1));
			assertThat(deadLetters(jdbc)).isZero();
			write("slow-1", "slow");
			write("beside-1", "a");

			await(() -> assertThat(effects.effectsOf("beside-1")).isEqualTo(1));
			assertThat(effects.effectsOf("slow-1")).isZero();
			assertThat(deadLetters(jdbc)).isEqualTo(1);
		}
	}

	private ConfigurableApplicationContext start() {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + SERVICE,
				"--orderflow.inbox.topics=patient,patient." + SERVICE + ".replay",
				"--spring.datasource.hikari.data-source-properties.options=-c lock_timeout=100ms"));
		TestServers.properties(this.database).forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new SpringApplicationBuilder(TestService.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
	}

	private static void write(String id, String name) {
		try (TopicWriter writer = new TopicWriter()) {
			writer.write(List.of(to("patient", aThing(id, name))));
		}
	}

	private static int deadLetters(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from dead_letter").query(Integer.class).single();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
	}

}
