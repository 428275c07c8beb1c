package dev.orderflow.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.jdbc.core.JdbcTemplate;

/** Inserts rows into the outbox table, in the running transaction. */
final class OutboxTable {

	private static final int INSERT_BATCH_SIZE = 500;

	private static final String INSERT = """
			insert into outbox_event (topic, message_key, header_names, header_values, payload)
			values (?, ?, ?, ?, ?)""";

	private final JdbcTemplate jdbc;

	OutboxTable(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void insert(List<ProducerRecord<byte[], byte[]>> records) {
		this.jdbc.batchUpdate(INSERT, records, INSERT_BATCH_SIZE, OutboxTable::bind);
	}

	private static void bind(PreparedStatement insert, ProducerRecord<byte[], byte[]> record) throws SQLException {
		insert.setString(1, record.topic());
		insert.setBytes(2, record.key());
		HeaderColumns.bind(insert, 3, record.headers());
		insert.setBytes(5, record.value());
	}

}
