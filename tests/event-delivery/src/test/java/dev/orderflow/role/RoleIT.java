package dev.orderflow.role;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.Topic;
import dev.orderflow.servers.Ports;
import dev.orderflow.setup.Database;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.Superuser;
import dev.orderflow.testservice.TestService;
import dev.orderflow.testservice.ThingEffects;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.to;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: each role does its own part only; a consumer is ready when it is a member of its
 * group; a missing broker or topic prevents no start. Method: the test service is started
 * with the settings of the cluster, with its own topics and groups, once without a topic
 * and once without a broker.
 */
@ExtendWith(OutputCaptureExtension.class)
class RoleIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final List<String> NOT_OF_A_CONSUMER = List.of("outboxRelay", "outboxMetrics", "outboxGauges",
			"deadLetterGauges", "deadLetterRetention", "letterActions", "markerRetention", "parkedRows");

	private static final List<String> NOT_OF_AN_API = List.of("inbox", "inboxMetrics", "groupMembership");

	private final Database database = TestServers.database("roles");

	private final List<ConfigurableApplicationContext> started = new ArrayList<>();

	/**
	 * Stops the last one first: it has no partition. A consumer that gets a partition
	 * while it stops would take long.
	 */
	@AfterEach
	void stop() {
		this.started.reversed().forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void aConsumerIsReadyAsAMemberEvenWithoutAPartition() throws Exception {
		createTopic("roles");

		ConfigurableApplicationContext first = start("roles", Map.of("orderflow.role", "consumer"));
		ConfigurableApplicationContext second = start("roles", Map.of("orderflow.role", "consumer"));

		await().until(() -> isReady(first) && isReady(second));
		await().untilAsserted(() -> assertThat(group("roles").members())
			.extracting((member) -> member.assignment().topicPartitions().size())
			.containsExactlyInAnyOrder(0, 1));
		assertThat(first).satisfies((consumer) -> assertThat(consumer.containsBean("inbox")).isTrue())
			.satisfies((consumer) -> assertThat(NOT_OF_A_CONSUMER).noneMatch(consumer::containsBean));
		assertThat(first.getBean(Superuser.class).pidOf("outbox-relay-lock")).isZero();
	}

	@Test
	void anApiProcessReadsNoTopic(CapturedOutput output) {
		ConfigurableApplicationContext api = start("roles-api", Map.of("orderflow.role", "api"));

		assertThat(api.getBean(BindingsLifecycleController.class).queryStates()).isEmpty();
		assertThat(NOT_OF_AN_API).noneMatch(api::containsBean);
		assertThat(NOT_OF_A_CONSUMER).allMatch(api::containsBean);
		assertThat(api.getBean(ScheduledTaskHolder.class).getScheduledTasks()).isNotEmpty();
		assertThat(output.getAll()).doesNotContain("function definition");
		await().until(() -> api.getBean(Superuser.class).pidOf("outbox-relay-lock") != 0);
	}

	@Test
	void aMissingTopicIsWaitedForByName(CapturedOutput output) {
		ConfigurableApplicationContext consumer = start("roles-late", Map.of());
		await().until(() -> output.getAll().contains("waiting for topics: expected=[roles-late]"));
		assertThat(isReady(consumer)).isFalse();

		createTopic("roles-late");
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(to("roles-late", aThing("late", "a")));
		}

		ConsumerGroups.awaitNoLag("roles-late", "roles-late", BOUND);
		assertThat(consumer.getBean(ThingEffects.class).effectsOf("late")).isEqualTo(1);
	}

	@Test
	void aProcessWhoseConsumerStoppedOnAnErrorIsNotAlive() {
		createTopic("roles-error");
		ConfigurableApplicationContext consumer = start("roles-error",
				Map.of("orderflow.role", "consumer",
						"spring.cloud.stream.kafka.binder.consumer-properties.value.deserializer",
						FailingDeserializer.class.getName()));
		await().until(() -> isReady(consumer));
		assertThat(liveness(consumer)).isEqualTo(Status.UP);

		try (TopicWriter topics = new TopicWriter()) {
			topics.write(to("roles-error", aThing("fatal", "a")));
		}

		await().untilAsserted(() -> assertThat(liveness(consumer)).isEqualTo(Status.DOWN));
		assertThat(consumer.getBean(MeterRegistry.class).get("inbox.paused").gauge().value()).isEqualTo(1);
	}

	/** Fails like a record that does not fit into memory. */
	public static final class FailingDeserializer implements Deserializer<byte[]> {

		@Override
		public byte[] deserialize(String topic, byte[] data) {
			throw new OutOfMemoryError("as the test says");
		}

	}

	private static Status liveness(ConfigurableApplicationContext service) {
		return service.getBean(HealthEndpoint.class).healthForPath("liveness").getStatus();
	}

	@Test
	@Timeout(60)
	void startsAndStopsWithoutABroker() {
		ConfigurableApplicationContext all = start("roles",
				Map.of("spring.kafka.bootstrap-servers", "localhost:" + Ports.free()));

		assertThat(all.isRunning()).isTrue();
		assertThat(isReady(all)).isFalse();
		all.close();
	}

	private ConfigurableApplicationContext start(String topic, Map<String, String> more) {
		Map<String, String> settings = new HashMap<>(TestServers.properties(this.database));
		settings.put("orderflow.inbox.topics", topic);
		settings.put("spring.cloud.stream.bindings.inbox-in-0.group", topic);
		settings.putAll(more);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(TestService.class)
			.web(WebApplicationType.NONE)
			.run(settings.entrySet()
				.stream()
				.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
				.toArray(String[]::new));
		this.started.add(context);
		return context;
	}

	private static boolean isReady(ConfigurableApplicationContext service) {
		return service.getBean("groupMembership", HealthIndicator.class).health().getStatus() == Status.UP;
	}

	private static void createTopic(String name) {
		TestServers.createTopics(new Topic(name, 1, Duration.ofDays(1), 100_000));
	}

	private static ConsumerGroupDescription group(String name) throws Exception {
		try (Admin admin = Admin
			.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()))) {
			return admin.describeConsumerGroups(List.of(name)).describedGroups().get(name).get();
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(50));
	}

}
