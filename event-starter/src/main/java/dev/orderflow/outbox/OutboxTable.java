package dev.orderflow.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;

/** Inserts rows into the outbox table, in the running transaction. */
final class OutboxTable {

	private static final int INSERT_BATCH_SIZE = 500;

	private static final String INSERT_INTO = """
			insert into outbox_event (topic, message_key, header_names, header_values, payload)
			""";

	private static final String INSERT = INSERT_INTO + "values (?, ?, ?, ?, ?)";

	private final JdbcTemplate jdbc;

	OutboxTable(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void insert(List<ProducerRecord<byte[], byte[]>> records) {
		this.jdbc.batchUpdate(INSERT, records, INSERT_BATCH_SIZE, OutboxTable::bind);
	}

	/** PostgreSQL draws the ids in the order of the select. */
	void insertSelected(String select, PreparedStatementSetter parameters) {
		this.jdbc.update(INSERT_INTO + select, parameters);
	}

	private static void bind(PreparedStatement insert, ProducerRecord<byte[], byte[]> record) throws SQLException {
		insert.setString(1, record.topic());
		insert.setBytes(2, record.key());
		HeaderColumns.bind(insert, 3, record.headers());
		insert.setBytes(5, record.value());
	}

}
