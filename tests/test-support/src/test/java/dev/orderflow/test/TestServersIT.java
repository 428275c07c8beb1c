package dev.orderflow.test;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.Topics;
import dev.orderflow.setup.Database;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: tests get servers of their own with no set-up, and see topics as they are.
 * Method: the real servers.
 */
class TestServersIT {

	@Test
	void givesEachCallADatabaseOfItsOwn() throws SQLException {
		Database first = TestServers.database("orders");
		Database second = TestServers.database("orders");

		assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
		try (Connection connection = first.connect()) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@Test
	void tellsAServiceWhereItsServersAre() {
		Database database = TestServers.database("orders");

		Map<String, String> properties = TestServers.properties(database);

		assertThat(properties).containsEntry("spring.datasource.username", database.user())
			.containsEntry("spring.flyway.user", database.ddlUser())
			.containsEntry("spring.kafka.bootstrap-servers", TestServers.bootstrapServers());
	}

	@Test
	void readsWhatWasWritten() {
		TestServers.createTopics(Topics.source("letters"));
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("letters", 3, bytes("key"), bytes("value"));
		record.headers().add("ce_id", bytes("1")).add("ce_id", bytes("2"));
		try (TopicWriter writer = new TopicWriter()) {
			writer.write(List.of(record, new ProducerRecord<>("letters", 3, null, (byte[]) null)));
		}

		var found = TopicReader.read("letters");

		assertThat(found).hasSize(2);
		assertThat(found.getFirst().key()).isEqualTo(bytes("key"));
		assertThat(found.getFirst().headers().headers("ce_id")).hasSize(2);
		assertThat(found.getLast().value()).isNull();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
