package dev.orderflow.outbox;

import java.time.Duration;

/**
 * How many rows the next scan of the table reads, and when it is worthwhile. The scan
 * reads further if rows at the head cannot be sent now because of a stalled topic or a
 * busy key. It does not if the head fills the window and the broker is answering: the
 * answers make room.
 */
final class Reach {

	/**
	 * Most rows of one scan. This many unsendable rows at the head of the table block the
	 * rows behind them.
	 */
	private static final int ROWS_MAX = 20_000;

	private final int pageSize;

	private final Duration patience;

	private int rows;

	private boolean wasShort;

	private int answersAwaited;

	private long dueNanos;

	/**
	 * The first scan reads one page.
	 * @param patience how long to wait for answers before the next scan
	 */
	Reach(int pageSize, Duration patience) {
		this.pageSize = pageSize;
		this.patience = patience;
		this.rows = pageSize;
	}

	/** How many rows the next scan reads. */
	int rows() {
		return this.rows;
	}

	/** Whether a scan may find more than the last one did. */
	boolean isDue() {
		return this.answersAwaited <= 0 || System.nanoTime() - this.dueNanos >= 0;
	}

	/** The broker has answered a row. */
	void answered() {
		this.answersAwaited--;
	}

	/**
	 * Records the result of a scan. Returns true if the next scan should follow at once,
	 * because it reads further.
	 * @param seen rows that the scan has read
	 * @param sendable how many of these are sent now
	 * @param last position of the last one that is sent, counted from 1
	 * @param inFlight unanswered rows, including those sent now
	 */
	boolean saw(int seen, int sendable, int last, int inFlight) {
		this.answersAwaited = 0;
		if (seen < this.rows || sendable >= this.pageSize / 2) {
			this.wasShort = false;
			if (last <= this.rows / 2) {
				this.rows = Math.max(this.rows / 2, this.pageSize);
			}
			return false;
		}
		if ((this.wasShort || inFlight == 0) && this.rows < ROWS_MAX) {
			this.wasShort = true;
			this.rows = Math.min(2 * this.rows, ROWS_MAX);
			return true;
		}
		this.wasShort = true;
		this.answersAwaited = Math.min(Math.max(this.pageSize / 2, 1), inFlight);
		this.dueNanos = System.nanoTime() + this.patience.toNanos();
		return false;
	}

}
