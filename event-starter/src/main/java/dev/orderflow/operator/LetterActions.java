package dev.orderflow.operator;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.operator.ActionRequest.Letters;
import dev.orderflow.operator.LetterFilter.Conditions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out what an operator decides about dead letters, a bounded number at a time.
 * The change of state, its audit row and, for a redrive, the outbox row commit together:
 * after a crash all of them exist or none. Rows are locked in id order and their state is
 * checked under the lock, so that of two operators one changes a letter and the other
 * leaves it. No lock is held while a record is sent: the outbox sends it later.
 */
final class LetterActions {

	private static final Logger logger = LoggerFactory.getLogger(LetterActions.class);

	/**
	 * The letters of one transaction have no more payload than this, or are a single one.
	 */
	private static final long BYTES_MAX = 32 * 1024 * 1024;

	/** Reads no payload. */
	private static final String CANDIDATES = """
			select id
			from (
			  select id,
			    sum(coalesce(octet_length(payload), 0)) over (order by id) as bytes,
			    row_number() over (order by id) as number
			  from (
			    select id, payload
			    from dead_letter
			    where id > :after
			      and id <= :upTo
			      and %s
			    order by id
			    limit :limit
			  ) as page
			) as measured
			where bytes <= :bytesMax
			  or number = 1
			order by id""";

	private static final String COUNT = """
			select count(*)
			from dead_letter
			where id > :after
			  and id <= :upTo
			  and %s""";

	private static final String LOCK = """
			select id
			from dead_letter
			where id in (:ids)
			  and state in (:from)
			order by id
			for update""";

	private static final String CHANGE = """
			update dead_letter
			set %s
			where id in (:ids)""";

	private static final String RECORD = """
			insert into operator_audit (at, operator, action, dead_letter_id, outcome)
			select :now, :operator, :action, id, state
			from dead_letter
			where id in (:ids)
			order by id""";

	private final JdbcClient jdbc;

	private final DeadLetters deadLetters;

	private final TransactionTemplate transaction;

	private final Clock clock;

	LetterActions(JdbcClient jdbc, DeadLetters deadLetters, TransactionTemplate transaction, Clock clock) {
		this.jdbc = jdbc;
		this.deadLetters = deadLetters;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Changes the first of the letters. Once the cursor is null there are no more. */
	Outcome carryOut(LetterAction action, String operator, Letters letters) {
		return Objects.requireNonNull(this.transaction.execute((status) -> changeFirst(action, operator, letters)));
	}

	/**
	 * As {@link #carryOut}, if there are {@code confirmed} letters.
	 * @return null if there are more or fewer, and nothing was changed
	 */
	@Nullable Outcome carryOutConfirmed(LetterAction action, String operator, Letters letters, long confirmed) {
		return this.transaction
			.execute((status) -> (count(letters) == confirmed) ? changeFirst(action, operator, letters) : null);
	}

	/** How many letters there are. */
	long count(Letters letters) {
		return select(COUNT, letters).query(Long.class).single();
	}

	private Outcome changeFirst(LetterAction action, String operator, Letters letters) {
		List<Long> candidates = select(CANDIDATES, letters).param("limit", letters.limit())
			.param("bytesMax", BYTES_MAX)
			.query((row, number) -> row.getLong("id"))
			.list();
		if (candidates.isEmpty()) {
			return new Outcome(0, null);
		}
		List<Long> locked = this.jdbc.sql(LOCK)
			.param("ids", candidates)
			.param("from", action.from().stream().map(Enum::name).toList())
			.query((row, number) -> row.getLong("id"))
			.list();
		if (!locked.isEmpty()) {
			change(action, operator, locked);
		}
		return new Outcome(locked.size(), candidates.getLast());
	}

	private void change(LetterAction action, String operator, List<Long> ids) {
		OffsetDateTime now = OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		this.jdbc.sql(CHANGE.formatted(action.change())).param("ids", ids).param("now", now).update();
		if (action == LetterAction.REDRIVE) {
			this.deadLetters.replay(ids);
		}
		this.jdbc.sql(RECORD)
			.param("now", now)
			.param("operator", operator)
			.param("action", action.name())
			.param("ids", ids)
			.update();
		logger.info("dead letters: action={} operator={} count={} first={}", action, operator, ids.size(),
				ids.getFirst());
	}

	private JdbcClient.StatementSpec select(String sql, Letters letters) {
		Conditions conditions = letters.filter().conditions(this.clock.instant());
		return this.jdbc.sql(sql.formatted(conditions.sql()))
			.params(conditions.values())
			.param("after", letters.after())
			.param("upTo", letters.upTo());
	}

	/**
	 * What one call did.
	 *
	 * @param changed number of letters
	 * @param cursor where the next call goes on; null if there are no more
	 */
	record Outcome(int changed, @Nullable Long cursor) {
	}

}
