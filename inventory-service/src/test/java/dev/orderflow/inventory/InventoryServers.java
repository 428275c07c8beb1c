package dev.orderflow.inventory;

import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One database and one set of topics, shared by the tests of one application context. */
interface InventoryServers {

	String SERVICE = "inventory-service";

	@DynamicPropertySource
	static void servers(DynamicPropertyRegistry registry) {
		createTopics(Topics.ORDERS);
		TestServers.properties(TestServers.database("inventory"))
			.forEach((name, value) -> registry.add(name, () -> value));
	}

	/** A source topic with what belongs to it. */
	static void createTopics(String topic) {
		TestServers.createTopics(Topics.source(topic), Topics.dlq(topic, SERVICE), Topics.replay(topic, SERVICE));
	}

}
