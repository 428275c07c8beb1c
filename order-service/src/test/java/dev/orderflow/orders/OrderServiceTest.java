package dev.orderflow.orders;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole service on free ports, with real PostgreSQL and Kafka, except that it reads
 * no topic: each application context has a database of its own, and as a member of the
 * same group it would take records that are about orders of another one. Tests of the
 * consumer are {@code ConsumerTest}s.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "orderflow.role=api")
@ContextConfiguration(initializers = OrderServiceTest.Servers.class)
@Import(Api.class)
public @interface OrderServiceTest {

	/** A database of its own for each application context. */
	class Servers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestServers.createTopics(Topics.source(Topics.ORDERS));
			Map<String, String> properties = TestServers.properties(TestServers.database("orders"));
			TestPropertyValues.of(properties).applyTo(context);
		}

	}

}
