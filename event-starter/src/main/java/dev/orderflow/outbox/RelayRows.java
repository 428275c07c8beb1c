package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orderflow.outbox.WaitingRow.OrderedBy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The relay's access to the table, on its own connection; each statement is its own
 * transaction.
 */
final class RelayRows implements AutoCloseable {

	/** The key within which order is kept, or the digest of a long one. */
	private static final String ORDER_KEY = """
			case when octet_length(message_key) <= 256 then message_key else sha256(message_key) end as order_key""";

	/**
	 * Reads no payloads, which may be large. Lengths are computed without reading the
	 * values, except for compressed headers.
	 *
	 * <p>
	 * "not in" has a subselect, which PostgreSQL hashes whatever the planner knows about
	 * the array.
	 */
	static final String SCAN = """
			select id, topic, created_at, %s, cardinality(header_names) as headers,
			  coalesce(octet_length(message_key), 0) + coalesce(octet_length(payload), 0)
			    + case when pg_column_compression(header_values) is null and pg_column_compression(header_names) is null
			      then pg_column_size(header_values) + pg_column_size(header_names)
			      else (
			        select coalesce(sum(octet_length(part)), 0)
			        from unnest(header_values || header_names) as header (part)
			      ) end as bytes
			from outbox_event
			where id > ?
			  and parked_at is null
			  and id not in (select unnest(?))
			order by id
			limit ?""".formatted(ORDER_KEY);

	private static final String READ = """
			select id, topic, message_key, header_names, header_values, payload
			from outbox_event
			where id = any (?)
			  and parked_at is null
			order by id""";

	/** Skips locked rows, which block neither the other rows nor the relay. */
	private static final String DELETE = """
			delete from outbox_event
			where id in (select id from outbox_event where id = any (?) for update skip locked)
			returning id""";

	private static final String PARK = """
			update outbox_event
			set parked_at = now(), parked_reason = ?
			where id = ?""";

	/**
	 * Parks only while an earlier row of the key is parked: an operator may have released
	 * it.
	 */
	private static final String PARK_BEHIND = """
			update outbox_event as later
			set parked_at = now(), parked_reason = 'behind ' || first.id
			from (
			  select min(earlier.id) as id
			  from outbox_event as own
			  join outbox_event as earlier
			    on earlier.topic = own.topic
			    and earlier.message_key is not distinct from own.message_key
			    and earlier.parked_at is not null
			  where own.id = ?
			) as first
			where later.id = ?
			  and first.id < later.id""";

	private static final String EARLIER = """
			select earlier.id
			from outbox_event as own
			join outbox_event as earlier
			  on earlier.topic = own.topic
			  and earlier.message_key = own.message_key
			  and earlier.id < own.id
			where own.id = ?
			order by earlier.id""";

	private static final String PARKED = """
			select distinct topic, %s
			from outbox_event
			where parked_at is not null""".formatted(ORDER_KEY);

	/** One statement, so that both halves see one snapshot. */
	private static final String LOWEST_ONCE_ENDED = """
			select case when pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8
			  then coalesce((select min(id) from outbox_event where id > ?), ? + 1) end""";

	private final Connection connection;

	RelayRows(Connection connection) {
		this.connection = connection;
	}

	/** The rows with the lowest ids above the floor, except those in flight. */
	List<WaitingRow> scan(long floor, Collection<Long> inFlight, int limit) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(SCAN)) {
			select.setLong(1, floor);
			select.setArray(2, this.connection.createArrayOf("bigint", inFlight.toArray()));
			select.setInt(3, limit);
			List<WaitingRow> rows = new ArrayList<>();
			try (ResultSet result = select.executeQuery()) {
				while (result.next()) {
					rows.add(new WaitingRow(result.getLong("id"), orderedBy(result), result.getLong("bytes"),
							result.getInt("headers"),
							result.getObject("created_at", OffsetDateTime.class).toInstant()));
				}
			}
			return rows;
		}
	}

	private static OrderedBy orderedBy(ResultSet row) throws SQLException {
		return OrderedBy.of(row.getString("topic"), row.getBytes("order_key"));
	}

	/** The rows of these ids, without those that were parked or deleted meanwhile. */
	List<OutboxRow> read(List<Long> ids) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(READ)) {
			select.setArray(1, this.connection.createArrayOf("bigint", ids.toArray()));
			List<OutboxRow> rows = new ArrayList<>(ids.size());
			try (ResultSet result = select.executeQuery()) {
				while (result.next()) {
					rows.add(read(result));
				}
			}
			return rows;
		}
	}

	private static OutboxRow read(ResultSet row) throws SQLException {
		return new OutboxRow(row.getLong("id"), new ProducerRecord<>(row.getString("topic"), null,
				row.getBytes("message_key"), row.getBytes("payload"), HeaderColumns.read(row)));
	}

	/** Deletes rows and returns the ids of the deleted ones; locked rows remain. */
	Set<Long> delete(List<Long> ids) throws SQLException {
		try (PreparedStatement delete = this.connection.prepareStatement(DELETE)) {
			delete.setArray(1, this.connection.createArrayOf("bigint", ids.toArray()));
			return ids(delete);
		}
	}

	private static Set<Long> ids(PreparedStatement statement) throws SQLException {
		Set<Long> ids = new HashSet<>();
		try (ResultSet result = statement.executeQuery()) {
			while (result.next()) {
				ids.add(result.getLong(1));
			}
		}
		return ids;
	}

	void park(long id, String reason) throws SQLException {
		try (PreparedStatement park = this.connection.prepareStatement(PARK)) {
			park.setString(1, reason);
			park.setLong(2, id);
			park.executeUpdate();
		}
	}

	/**
	 * Parks a row behind an earlier one of its key; returns false if none is parked any
	 * more.
	 */
	boolean parkBehind(long id) throws SQLException {
		try (PreparedStatement park = this.connection.prepareStatement(PARK_BEHIND)) {
			park.setLong(1, id);
			park.setLong(2, id);
			return park.executeUpdate() > 0;
		}
	}

	/** The rows of a row's key with lower ids, whatever their state. */
	Set<Long> earlierOfKey(long id) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(EARLIER)) {
			select.setLong(1, id);
			return ids(select);
		}
	}

	/** The keys that have a parked row. */
	Set<OrderedBy> parked() throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(PARKED);
				ResultSet result = select.executeQuery()) {
			Set<OrderedBy> parked = new HashSet<>();
			while (result.next()) {
				parked.add(orderedBy(result));
			}
			return parked;
		}
	}

	/** A transaction id above all that were assigned before. */
	String newTransactionId() throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement("select pg_current_xact_id()::text");
				ResultSet result = select.executeQuery()) {
			result.next();
			return result.getString(1);
		}
	}

	/**
	 * Null while a transaction below {@code transactionId} is running; after that the
	 * lowest id above the floor, parked and in-flight rows included, or
	 * {@code highestId + 1} if there is none.
	 */
	@Nullable Long lowestIdOnceEnded(String transactionId, long floor, long highestId) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement(LOWEST_ONCE_ENDED)) {
			select.setString(1, transactionId);
			select.setLong(2, floor);
			select.setLong(3, highestId);
			try (ResultSet result = select.executeQuery()) {
				result.next();
				return result.getObject(1, Long.class);
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
