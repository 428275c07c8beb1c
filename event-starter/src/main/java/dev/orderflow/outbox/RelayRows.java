package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The relay's side of the table, on its own connection, each statement its own
 * transaction.
 */
final class RelayRows implements AutoCloseable {

	/**
	 * "not in" a subselect, because it is hashed whatever the plan knows of the array.
	 */
	private static final String READ = """
			select id, topic, message_key, header_names, header_values, payload, created_at
			from outbox_event
			where parked_at is null
			  and id not in (select unnest(?))
			order by id
			limit ?""";

	private static final String DELETE = """
			delete from outbox_event
			where id = any (?)""";

	private static final String PARK = """
			update outbox_event
			set parked_at = now(), parked_reason = ?
			where id = ?""";

	/**
	 * Only while an earlier row of the key is still parked: an operator may have freed
	 * it.
	 */
	private static final String PARK_BEHIND = """
			update outbox_event as later
			set parked_at = now(), parked_reason = 'behind ' || first.id
			from (
			  select min(id) as id
			  from outbox_event
			  where topic = ? and message_key is not distinct from ? and parked_at is not null
			) as first
			where later.id = ?
			  and first.id < later.id""";

	private static final String PARKED = """
			select distinct topic, message_key
			from outbox_event
			where parked_at is not null""";

	private final Connection connection;

	RelayRows(Connection connection) {
		this.connection = connection;
	}

	/** The rows of the lowest ids, without those in flight. */
	List<OutboxRow> read(Set<Long> inFlight, int limit) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(READ)) {
			select.setArray(1, this.connection.createArrayOf("bigint", inFlight.toArray()));
			select.setInt(2, limit);
			List<OutboxRow> rows = new ArrayList<>();
			try (ResultSet result = select.executeQuery()) {
				while (result.next()) {
					rows.add(read(result));
				}
			}
			return rows;
		}
	}

	private static OutboxRow read(ResultSet row) throws SQLException {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(row.getString("topic"), null,
				row.getBytes("message_key"), row.getBytes("payload"), HeaderColumns.read(row));
		return new OutboxRow(row.getLong("id"), record, row.getObject("created_at", OffsetDateTime.class).toInstant());
	}

	void delete(List<Long> ids) throws SQLException {
		try (PreparedStatement delete = this.connection.prepareStatement(DELETE)) {
			delete.setArray(1, this.connection.createArrayOf("bigint", ids.toArray()));
			delete.executeUpdate();
		}
	}

	void park(long id, String reason) throws SQLException {
		try (PreparedStatement park = this.connection.prepareStatement(PARK)) {
			park.setString(1, reason);
			park.setLong(2, id);
			park.executeUpdate();
		}
	}

	/**
	 * Parks a row behind an earlier one of its key; false when none is parked any more.
	 */
	boolean parkBehind(OutboxRow row) throws SQLException {
		try (PreparedStatement park = this.connection.prepareStatement(PARK_BEHIND)) {
			park.setString(1, row.record().topic());
			park.setBytes(2, row.record().key());
			park.setLong(3, row.id());
			return park.executeUpdate() > 0;
		}
	}

	/** The keys that have a parked row. */
	Set<OutboxRow.OrderedBy> parked() throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(PARKED);
				ResultSet result = select.executeQuery()) {
			Set<OutboxRow.OrderedBy> parked = new HashSet<>();
			while (result.next()) {
				parked.add(OutboxRow.OrderedBy.of(result.getString("topic"), result.getBytes("message_key")));
			}
			return parked;
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
