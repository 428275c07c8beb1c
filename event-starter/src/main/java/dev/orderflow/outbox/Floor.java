package dev.orderflow.outbox;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The id at and below which no row can appear any more, so that a read need not walk the
 * dead rows there, which an old snapshot keeps from vacuum.
 *
 * <p>
 * The proof: every transaction has its transaction id before it draws a row's id (trigger
 * {@code outbox_event_xid}). Let H be the highest id that a read has shown, and X a
 * transaction id given after that read. Whoever drew an id up to H did so before, and so
 * has a transaction id below X. Once every transaction below X has ended, one more look
 * shows every row up to H that will ever be there; the floor rises to just below the
 * lowest of them, parked ones included, or to H. Until then, as while another transaction
 * stays open, it stays where it is.
 *
 * @see <a href="https://www.postgresql.org/docs/18/functions-info.html">PostgreSQL 18,
 * transaction ID and snapshot information functions</a>
 */
final class Floor {

	/** An attempt costs a transaction id and walks the rows since the last one. */
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

	/** A read has shown this row. */
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
