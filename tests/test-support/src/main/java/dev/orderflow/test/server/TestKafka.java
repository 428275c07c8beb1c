package dev.orderflow.test.server;

import java.util.Collection;

import dev.orderflow.events.Topic;
import dev.orderflow.setup.TopicSetup;

/** A Kafka broker of the tests. */
public interface TestKafka extends TestServer {

	/** Where it listens on this machine. */
	int port();

	/** What clients need to find the broker. */
	default String bootstrapServers() {
		return "localhost:" + port();
	}

	/** Creates the topics that do not exist. */
	default void createTopics(Collection<Topic> topics) {
		TopicSetup.create(bootstrapServers(), topics);
	}

}
