package dev.orderflow.operator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.orderflow.deadletter.LetterState;
import dev.orderflow.operator.LetterFilter.Conditions;
import dev.orderflow.outbox.HeaderColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds dead letters. The client limits the time of each statement. */
final class LetterSearch {

	/** A key is cut after 256 bytes. */
	private static final String COLUMNS = """
			id, state, handler, origin_topic, origin_partition, origin_offset, event_type,
			  substring(message_key from 1 for 256) as key_start, coalesce(octet_length(payload), 0) as bytes,
			  reason, attempts, redrives, dead_at, settled_at, resolution""";

	private static final String PAGE = """
			select %s
			from dead_letter
			where id < :before
			  and %s
			order by id desc
			limit :limit""";

	private static final String COUNT = """
			select state, count(*) as letters, max(id) as last_id
			from dead_letter
			where %s
			group by state""";

	private static final String CONTENT = """
			select header_names, header_values, case when octet_length(payload) <= :bytesMax then payload end as payload,
			  %s
			from dead_letter
			where id = :id"""
		.formatted(COLUMNS);

	private static final String AUDIT = """
			select at, operator, action, outcome
			from operator_audit
			where dead_letter_id = :id
			order by id desc
			limit :limit""";

	private static final int AUDIT_ROWS_MAX = 100;

	private final JdbcClient jdbc;

	private final Clock clock;

	LetterSearch(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Up to {@code limit} letters with lower ids than {@code before}, newest first. */
	List<Letter> page(LetterFilter filter, long before, int limit) {
		Conditions conditions = filter.conditions(this.clock.instant());
		return this.jdbc.sql(PAGE.formatted(COLUMNS, conditions.sql()))
			.params(conditions.values())
			.param("before", before)
			.param("limit", limit)
			.query((row, number) -> letter(row))
			.list();
	}

	/** How many letters there are, by state. */
	Count count(LetterFilter filter) {
		Conditions conditions = filter.conditions(this.clock.instant());
		Map<LetterState, Long> states = new TreeMap<>();
		long lastId = this.jdbc.sql(COUNT.formatted(conditions.sql()))
			.params(conditions.values())
			.query((row, number) -> {
				states.put(LetterState.valueOf(row.getString("state")), row.getLong("letters"));
				return row.getLong("last_id");
			})
			.list()
			.stream()
			.mapToLong(Long::longValue)
			.max()
			.orElse(0);
		return new Count(states.values().stream().mapToLong(Long::longValue).sum(), lastId, states);
	}

	/** A letter with its headers, its masked data and its latest audit rows. */
	Optional<LetterContent> find(long id) {
		List<AuditRow> audit = this.jdbc.sql(AUDIT)
			.param("id", id)
			.param("limit", AUDIT_ROWS_MAX)
			.query((row, number) -> new AuditRow(instant(row, "at"), row.getString("operator"), row.getString("action"),
					row.getString("outcome")))
			.list();
		return this.jdbc.sql(CONTENT)
			.param("id", id)
			.param("bytesMax", MaskedData.BYTES_MAX)
			.query((row, number) -> LetterContent.of(letter(row), HeaderColumns.read(row), row.getBytes("payload"),
					audit.reversed()))
			.optional();
	}

	private static Letter letter(ResultSet row) throws SQLException {
		OffsetDateTime settledAt = row.getObject("settled_at", OffsetDateTime.class);
		return new Letter(row.getLong("id"), LetterState.valueOf(row.getString("state")), row.getString("handler"),
				row.getString("origin_topic"), row.getInt("origin_partition"), row.getLong("origin_offset"),
				ShownText.of(row.getBytes("key_start")), row.getString("event_type"), row.getInt("bytes"),
				row.getString("reason"), row.getInt("attempts"), row.getInt("redrives"), instant(row, "dead_at"),
				(settledAt != null) ? settledAt.toInstant() : null, row.getString("resolution"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/**
	 * A letter in a list.
	 *
	 * @param key the key in UTF-8, cut; null if the record has none
	 * @param type the CloudEvents type, null if the record has none
	 * @param bytes length of the payload; 0 once it is erased
	 * @param reason of the last failure
	 * @param attempts how often it was tried, over all redrives
	 * @param deadAt when it was set aside first
	 * @param settledAt when it was resolved or purged
	 * @param resolution how it was resolved
	 */
	record Letter(long id, LetterState state, String handler, String topic, int partition, long offset,
			@Nullable String key, @Nullable String type, int bytes, String reason, int attempts, int redrives,
			Instant deadAt, @Nullable Instant settledAt, @Nullable String resolution) {
	}

	/**
	 * Number of letters.
	 *
	 * @param lastId the highest id among them, 0 if there is none
	 * @param states how many are in each state
	 */
	record Count(long count, long lastId, Map<LetterState, Long> states) {

		Count {
			states = Map.copyOf(states);
		}

	}

	/** What was done with a letter. */
	record AuditRow(Instant at, String operator, String action, String outcome) {
	}

}
