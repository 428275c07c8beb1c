package dev.orderflow.outbox;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The id at or below which no new row can appear, so that a scan skips the dead rows
 * there, which vacuum cannot remove while an old snapshot needs them.
 *
 * <p>
 * The proof: every transaction has a transaction id before it draws a row id (trigger
 * {@code outbox_event_xid}). Let H be the highest row id that a scan has returned, and X
 * a transaction id assigned after that scan. A transaction that drew a row id up to H did
 * so earlier, so its transaction id is below X. Once every transaction below X has ended,
 * one more scan returns every row up to H that will ever exist; the floor rises to just
 * below the lowest of them, parked ones included, or to H if there is none. While an
 * older transaction stays open, the floor does not move.
 *
 * @see <a href="https://www.postgresql.org/docs/18/functions-info.html">PostgreSQL 18,
 * transaction ID and snapshot information functions</a>
 */
final class Floor {

	/** An attempt uses up a transaction id and scans the rows since the last attempt. */
	private static final Duration ATTEMPT_INTERVAL = Duration.ofMillis(100);

	private final RelayRows rows;

	private long id;

	private long highestSeen;

	private @Nullable Candidate candidate;

	private long attemptedNanos = System.nanoTime();

	Floor(RelayRows rows) {
		this.rows = rows;
	}

	/** Every row that is still to be sent has a higher id. */
	long id() {
		return this.id;
	}

	/** A scan has returned this row. */
	void saw(long rowId) {
		this.highestSeen = Math.max(this.highestSeen, rowId);
	}

	/** Takes the next step of the proof, if one is due. */
	void raise() throws SQLException {
		if (System.nanoTime() - this.attemptedNanos < ATTEMPT_INTERVAL.toNanos()) {
			return;
		}
		this.attemptedNanos = System.nanoTime();
		Candidate proposed = this.candidate;
		if (proposed == null) {
			if (this.highestSeen > this.id) {
				this.candidate = new Candidate(this.highestSeen, this.rows.newTransactionId());
			}
			return;
		}
		Long lowest = this.rows.lowestIdOnceEnded(proposed.transactionId(), this.id, proposed.highestId());
		if (lowest != null) {
			this.id = Math.max(this.id, Math.min(lowest - 1, proposed.highestId()));
			this.candidate = null;
		}
	}

	private record Candidate(long highestId, String transactionId) {
	}

}
