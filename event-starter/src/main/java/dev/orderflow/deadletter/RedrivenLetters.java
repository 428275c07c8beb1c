package dev.orderflow.deadletter;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What becomes of dead letters that were redriven. A record changes its letter only while
 * that is in state REDRIVEN: delivered again later, it changes nothing. Rows are locked
 * in id order, and each change writes its audit row in the same statement.
 */
final class RedrivenLetters {

	/** Named as the operator of what processing did. */
	private static final String INBOX = "inbox";

	private static final String KNOWN = """
			select letter.id, letter.digest, letter.state
			from dead_letter as letter
			join unnest(?, ?) as claimed (id, digest)
			  on letter.id = claimed.id
			  and letter.digest = claimed.digest""";

	private static final String LOCK = """
			select letter.id
			from dead_letter as letter
			join unnest(?, ?) as claimed (id, digest)
			  on letter.id = claimed.id
			  and letter.digest = claimed.digest
			where letter.state = 'REDRIVEN'
			order by letter.id
			for update of letter""";

	private static final String RESOLVE = """
			with processed as (
			  select letter.id, claimed.resolution
			  from dead_letter as letter
			  join unnest(?, ?, ?) as claimed (id, digest, resolution)
			    on letter.id = claimed.id
			    and letter.digest = claimed.digest
			  where letter.state = 'REDRIVEN'
			  order by letter.id
			  for update of letter
			), resolved as (
			  update dead_letter as letter
			  set state = 'RESOLVED', resolution = processed.resolution, settled_at = ?
			  from processed
			  where letter.id = processed.id
			  returning letter.id, letter.resolution, letter.settled_at
			)
			insert into operator_audit (at, operator, action, dead_letter_id, outcome)
			select settled_at, ?, 'PROCESS', id, 'RESOLVED: ' || resolution
			from resolved
			order by id""";

	private static final String RETURN = """
			with failed as (
			  select letter.id, claimed.reason, claimed.attempts
			  from dead_letter as letter
			  join unnest(?, ?, ?, ?) as claimed (id, digest, reason, attempts)
			    on letter.id = claimed.id
			    and letter.digest = claimed.digest
			  where letter.state = 'REDRIVEN'
			  order by letter.id
			  for update of letter
			), returned as (
			  update dead_letter as letter
			  set state = case when letter.redrives < ? then 'OPEN' else 'PARKED' end,
			    reason = failed.reason,
			    attempts = letter.attempts + failed.attempts
			  from failed
			  where letter.id = failed.id
			  returning letter.id, letter.state, letter.reason
			)
			insert into operator_audit (at, operator, action, dead_letter_id, outcome)
			select ?, ?, 'PROCESS', id, state || ': ' || reason
			from returned
			order by id""";

	private final JdbcTemplate jdbc;

	private final String replaySuffix;

	private final int redrivesMax;

	private final Clock clock;

	/**
	 * Letters of a service.
	 * @param replaySuffix end of the names of its replay topics
	 * @param redrivesMax number of redrives after which a letter that fails is parked
	 */
	RedrivenLetters(JdbcTemplate jdbc, String replaySuffix, int redrivesMax, Clock clock) {
		this.jdbc = jdbc;
		this.replaySuffix = replaySuffix;
		this.redrivesMax = redrivesMax;
		this.clock = clock;
	}

	/**
	 * The records that are letters, with the state of each: those whose id and digest
	 * match a row. A forged header matches none.
	 */
	Map<ConsumerRecord<byte[], byte[]>, LetterState> among(Collection<ConsumerRecord<byte[], byte[]>> records) {
		Map<ConsumerRecord<byte[], byte[]>, Redrive> claims = claims(records);
		if (claims.isEmpty()) {
			return Map.of();
		}
		Map<Redrive, LetterState> known = new HashMap<>();
		this.jdbc.query(KNOWN, (statement) -> bindClaims(statement, List.copyOf(claims.values())), (row) -> {
			known.put(new Redrive(row.getLong(1), ByteBuffer.wrap(row.getBytes(2))),
					LetterState.valueOf(row.getString(3)));
		});
		Map<ConsumerRecord<byte[], byte[]>, LetterState> states = new LinkedHashMap<>();
		claims.forEach((record, claim) -> {
			LetterState state = known.get(claim);
			if (state != null) {
				states.put(record, state);
			}
		});
		return states;
	}

	/**
	 * Locks the letters among the records, all in id order: a transaction that resolves
	 * some and takes others back would lock them in two passes.
	 */
	void lock(Collection<ConsumerRecord<byte[], byte[]>> records) {
		List<Redrive> claims = List.copyOf(claims(records).values());
		if (!claims.isEmpty()) {
			this.jdbc.query(LOCK, (statement) -> bindClaims(statement, claims), (row) -> {
			});
		}
	}

	private Map<ConsumerRecord<byte[], byte[]>, Redrive> claims(Collection<ConsumerRecord<byte[], byte[]>> records) {
		Map<ConsumerRecord<byte[], byte[]>, Redrive> claims = new LinkedHashMap<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			Redrive claim = record.topic().endsWith(this.replaySuffix) ? Redrive.of(record) : null;
			if (claim != null) {
				claims.put(record, claim);
			}
		}
		return claims;
	}

	/** Closes the letters among the records. */
	void resolve(Map<ConsumerRecord<byte[], byte[]>, Resolution> processed) {
		Map<ConsumerRecord<byte[], byte[]>, Redrive> claims = claims(processed.keySet());
		if (claims.isEmpty()) {
			return;
		}
		this.jdbc.update(RESOLVE, (statement) -> {
			bindClaims(statement, List.copyOf(claims.values()));
			statement.setArray(3,
					array(statement, "text", claims.keySet(), (record) -> String.valueOf(processed.get(record))));
			statement.setObject(4, now());
			statement.setString(5, INBOX);
		});
	}

	/** Opens the letters that failed again, or parks them after too many redrives. */
	void takeBack(List<DeadLetter> failed) {
		this.jdbc.update(RETURN, (statement) -> {
			bindClaims(statement, List.copyOf(claims(failed.stream().map(DeadLetter::record).toList()).values()));
			statement.setArray(3, array(statement, "text", failed, DeadLetter::reason));
			statement.setArray(4, array(statement, "int", failed, DeadLetter::attempts));
			statement.setInt(5, this.redrivesMax);
			statement.setObject(6, now());
			statement.setString(7, INBOX);
		});
	}

	private OffsetDateTime now() {
		return OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private static void bindClaims(PreparedStatement statement, List<Redrive> claims) throws SQLException {
		statement.setArray(1, array(statement, "bigint", claims, Redrive::letterId));
		byte[][] digests = claims.stream().map((claim) -> claim.digest().array()).toArray(byte[][]::new);
		statement.setArray(2, statement.getConnection().createArrayOf("bytea", digests));
	}

	private static <T> Array array(PreparedStatement statement, String type, Collection<T> items,
			Function<T, Object> value) throws SQLException {
		return statement.getConnection().createArrayOf(type, items.stream().map(value).toArray());
	}

}
