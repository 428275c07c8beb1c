package dev.orderflow.testservice;

import java.time.Duration;
import java.util.function.Supplier;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The test service, running with PostgreSQL and Kafka. All subclasses share one service
 * and use unique keys and ids.
 */
@SpringBootTest(classes = TestService.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
public abstract class RunningTestService {

	protected static final String SERVICE = "test-service";

	protected static final String THINGS = "things";

	protected static final String DLQ = "things.test-service.dlq";

	protected static final String REPLAY = "things.test-service.replay";

	/** Published to, and read by no service. */
	protected static final String PARCELS = "parcels";

	@Autowired
	protected JdbcClient jdbc;

	@Autowired
	protected Superuser superuser;

	@DynamicPropertySource
	static void servers(DynamicPropertyRegistry registry) {
		TestServers.createTopics(Topics.source(THINGS), Topics.dlq(THINGS, SERVICE), Topics.replay(THINGS, SERVICE),
				Topics.source(PARCELS));
		TestServers.properties(TestServers.database("things"))
			.forEach((name, value) -> registry.add(name, (Supplier<Object>) () -> value));
	}

	/** A bound for a busy machine; on an idle one hardly anything takes a second. */
	protected static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
