package dev.orderflow.outbox;

import java.time.Duration;

/**
 * How many rows the next look at the table reads, and when it pays. Rows at the head that
 * cannot be sent now, of a stalled topic or a busy key, make it read further. A head that
 * fills the window and is being answered does not: after some answers there is room.
 */
final class Reach {

	/**
	 * Most rows of one look. So many that cannot be sent, at the head of the table, keep
	 * the rows behind them waiting.
	 */
	private static final int ROWS_MAX = 20_000;

	private final int pageSize;

	private final Duration patience;

	private int rows;

	private boolean wasShort;

	private int answersAwaited;

	private long dueNanos;

	/**
	 * Reads a page at first.
	 * @param patience how long to wait for answers before the next look
	 */
	Reach(int pageSize, Duration patience) {
		this.pageSize = pageSize;
		this.patience = patience;
		this.rows = pageSize;
	}

	/** How many rows the next look reads. */
	int rows() {
		return this.rows;
	}

	/** Whether a look may show more than the last one. */
	boolean isDue() {
		return this.answersAwaited <= 0 || System.nanoTime() - this.dueNanos >= 0;
	}

	/** The broker has answered a row. */
	void answered() {
		this.answersAwaited--;
	}

	/**
	 * Takes note of what a look has shown. True when the next one should follow at once,
	 * because it reads further.
	 * @param seen rows that the look has read
	 * @param sendable how many of these are sent now
	 * @param last position of the last one that is sent, counted from 1
	 * @param inFlight rows without an answer, these included
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
