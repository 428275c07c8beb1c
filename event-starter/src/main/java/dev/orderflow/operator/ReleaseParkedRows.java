package dev.orderflow.operator;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import dev.orderflow.outbox.ParkedRows;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Releases the parked outbox rows of a key, with an audit row in the same transaction.
 */
final class ReleaseParkedRows {

	private static final String RECORD = """
			insert into operator_audit (at, operator, action, outbox_event_id, outcome)
			values (:now, :operator, 'RELEASE', :id, :outcome)""";

	private final ParkedRows rows;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	ReleaseParkedRows(ParkedRows rows, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Releases a row and all others of its key.
	 * @return how many rows; 0 if the row is not parked
	 */
	int release(long id, String operator) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			int released = this.rows.release(id);
			if (released > 0) {
				this.jdbc.sql(RECORD)
					.param("now", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC))
					.param("operator", operator)
					.param("id", id)
					.param("outcome", "RELEASED: " + released + " rows of its key")
					.update();
			}
			return released;
		}));
	}

}
