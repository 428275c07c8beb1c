package dev.orderflow.test.consumer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Creates a consumer's topics, those that it may publish to, and a new database before it
 * starts, by the names in its application.yml, which is thereby tested.
 */
public final class ConsumerServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		String service = environment.getRequiredProperty("spring.application.name");
		for (String topic : environment.getRequiredProperty("orderflow.inbox.topics", String[].class)) {
			if (!topic.endsWith(".replay")) {
				createTopics(topic, service);
			}
		}
		TestServers.createTopics(Arrays.stream(EventType.values())
			.map(EventType::topic)
			.distinct()
			.map(Topics::source)
			.toArray(Topic[]::new));
		String url = environment.getRequiredProperty("spring.datasource.url");
		Map<String, Object> properties = new LinkedHashMap<>(
				TestServers.properties(TestServers.database(url.substring(url.lastIndexOf('/') + 1))));
		environment.getPropertySources().addFirst(new MapPropertySource("servers of the test", properties));
	}

	/** Creates a source topic with the topics of its consumer. */
	public static void createTopics(String topic, String service) {
		TestServers.createTopics(Topics.source(topic), Topics.dlq(topic, service), Topics.replay(topic, service));
	}

}
