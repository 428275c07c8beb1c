package dev.orderflow.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class OrderEventsListenerIT {

	@DynamicPropertySource
	static void servers(DynamicPropertyRegistry registry) {
		TestServers.createTopics(Topics.source(Topics.ORDERS), Topics.dlq(Topics.ORDERS, "inventory-service"),
				Topics.replay(Topics.ORDERS, "inventory-service"));
		TestServers.properties(TestServers.database("inventory"))
			.forEach((name, value) -> registry.add(name, () -> value));
	}

	@Autowired
	JdbcClient jdbc;

	@Test
	void starts() {
		assertThat(this.jdbc.sql("select count(*) from stock").query(Long.class).single()).isEqualTo(12);
	}

}
