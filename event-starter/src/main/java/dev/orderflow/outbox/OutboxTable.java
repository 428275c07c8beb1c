package dev.orderflow.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.jdbc.core.JdbcTemplate;

/** The business side of the table: rows are inserted in the running transaction. */
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

	/** Rows that wait to be published, parked ones left out. */
	long pending() {
		return count("select count(*) from outbox_event where parked_at is null");
	}

	/** Rows that the broker refused for good, and the later ones of their keys. */
	long parked() {
		return count("select count(*) from outbox_event where parked_at is not null");
	}

	/** Age of the oldest row that waits; zero when none does. */
	Duration oldestAge() {
		return Duration.ofMillis(count("""
				select coalesce(max(extract(epoch from clock_timestamp() - created_at) * 1000), 0)::bigint
				from outbox_event
				where parked_at is null"""));
	}

	private long count(String sql) {
		Long count = this.jdbc.queryForObject(sql, Long.class);
		return (count != null) ? count : 0;
	}

}
