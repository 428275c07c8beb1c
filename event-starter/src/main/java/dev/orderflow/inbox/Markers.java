package dev.orderflow.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orderflow.retention.ExpiredRows;

import org.springframework.jdbc.core.JdbcTemplate;

/** Which events a handler has applied. */
final class Markers {

	/**
	 * One statement for the batch. Rows are inserted in key order, so that two consumers
	 * with the same events, for example after a rebalance, block instead of deadlocking.
	 */
	private static final String INSERT = """
			insert into inbox_marker (handler, source, event_id, processed_at)
			select ?, source, event_id, ?
			from unnest(?, ?) as event (source, event_id)
			on conflict (handler, source, event_id) do nothing
			returning source, event_id""";

	private final JdbcTemplate jdbc;

	private final ExpiredRows expired;

	private final Clock clock;

	Markers(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.expired = new ExpiredRows(jdbc, "inbox_marker", "processed_at");
		this.clock = clock;
	}

	/**
	 * Marks events as applied, in the running transaction.
	 * @return those that were not marked before, each once, in their order
	 */
	<E> List<ReceivedEvent<E>> insert(String handler, List<ReceivedEvent<E>> events) {
		List<Id> ids = events.stream().map(Id::of).distinct().sorted().toList();
		Set<Id> fresh = new HashSet<>(this.jdbc.query(INSERT, (statement) -> bind(statement, handler, ids),
				(row, number) -> new Id(row.getString(1), row.getString(2))));
		List<ReceivedEvent<E>> firsts = new ArrayList<>(fresh.size());
		for (ReceivedEvent<E> event : events) {
			if (fresh.remove(Id.of(event))) {
				firsts.add(event);
			}
		}
		return firsts;
	}

	private void bind(PreparedStatement insert, String handler, List<Id> ids) throws SQLException {
		Connection connection = insert.getConnection();
		insert.setString(1, handler);
		insert.setObject(2, OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC));
		insert.setArray(3, connection.createArrayOf("text", ids.stream().map(Id::source).toArray()));
		insert.setArray(4, connection.createArrayOf("text", ids.stream().map(Id::eventId).toArray()));
	}

	/**
	 * Deletes up to {@code limit} markers older than {@code age}; concurrent replicas
	 * skip each other's rows.
	 */
	int deleteOlderThan(Duration age, int limit) {
		return this.expired.deleteBatch(this.clock.instant().minus(age), limit);
	}

	private record Id(String source, String eventId) implements Comparable<Id> {

		private static final Comparator<Id> ORDER = Comparator.comparing(Id::source).thenComparing(Id::eventId);

		static Id of(ReceivedEvent<?> event) {
			return new Id(event.source().toString(), event.id());
		}

		@Override
		public int compareTo(Id other) {
			return ORDER.compare(this, other);
		}

	}

}
