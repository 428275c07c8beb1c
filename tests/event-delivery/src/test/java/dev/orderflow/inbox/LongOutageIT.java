package dev.orderflow.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.Superuser;
import dev.orderflow.testservice.TestService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.to;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an outage that lasts four times {@code max.poll.interval.ms} costs the consumer
 * neither its membership nor a record. Method: the database refuses the service; the
 * group's epoch is compared. {@code -Dorderflow.outage.seconds=60} makes the outage a
 * minute.
 */
class LongOutageIT {

	private static final String SERVICE = "enduring-service";

	private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("orderflow.outage.seconds", 8));

	private final Database database = TestServers.database("enduring");

	@Test
	void anOutageLongerThanThePollIntervalChangesNoEpochAndLosesNothing() throws Exception {
		TestServers.createTopics(Topics.source("enduring"), Topics.dlq("enduring", SERVICE),
				Topics.replay("enduring", SERVICE));
		try (ConfigurableApplicationContext service = start(); TopicWriter writer = new TopicWriter()) {
			JdbcClient jdbc = service.getBean(JdbcClient.class);
			Superuser superuser = service.getBean(Superuser.class);
			writer.write(List.of(to("enduring", aThing("before", "a"))));
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> effects(jdbc) == 1);
			int epoch = epoch();
			superuser.beginOutage();
			try {
				writer
					.write(IntStream.range(0, 50).mapToObj((i) -> to("enduring", aThing("during-" + i, "a"))).toList());
				Awaitility.await()
					.atMost(OUTAGE.plusSeconds(60))
					.pollDelay(OUTAGE)
					.untilAsserted(() -> assertThat(service.getBean(ConsumptionHealth.class).health())
						.satisfies((health) -> assertThat(health.getStatus()).isEqualTo(Status.DOWN))
						.satisfies((health) -> assertThat(health.getDetails()).containsEntry("reason", "outage")));
			}
			finally {
				superuser.endOutage();
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.until(() -> effects(jdbc) == 51);

			assertThat(epoch()).isEqualTo(epoch);
			assertThat(jdbc.sql("select count(*) from dead_letter").query(Integer.class).single()).isZero();
		}
	}

	private ConfigurableApplicationContext start() {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + SERVICE,
				"--orderflow.inbox.topics=enduring,enduring." + SERVICE + ".replay",
				"--spring.datasource.hikari.connection-timeout=500",
				"--spring.cloud.stream.kafka.binder.consumer-properties.[max.poll.interval.ms]="
						+ OUTAGE.dividedBy(4).toMillis()));
		TestServers.properties(this.database).forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new SpringApplicationBuilder(TestService.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
	}

	private static int effects(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from effect").query(Integer.class).single();
	}

	private static int epoch() throws Exception {
		try (Admin admin = Admin
			.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) TestServers.bootstrapServers()))) {
			return admin.describeConsumerGroups(List.of(SERVICE))
				.describedGroups()
				.get(SERVICE)
				.get(20, TimeUnit.SECONDS)
				.groupEpoch()
				.orElseThrow();
		}
	}

}
