package dev.orderflow.scaling.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.orderflow.scaling.keda.TopicOffsets;

/** One partition: arrivals, fetch position and committed offset. */
final class PartitionLog {

	private final Deque<Arrival> waiting = new ArrayDeque<>();

	private long end;

	private long fetched;

	private long committed;

	private boolean everCommitted = true;

	/* Ends of the log of the last seconds, each at its second modulo their number. */
	private final long[] ends = new long[Tick.OBJECTIVE_SECONDS + 1];

	private int second;

	private long countedLate;

	/** Starts with records that the group has all committed, or has never read. */
	void begin(long records, boolean committed) {
		this.everCommitted = committed;
		append(0, records);
		if (committed) {
			fetch(records);
			commit(records);
		}
	}

	void append(int second, long records) {
		if (records > 0) {
			this.waiting.addLast(new Arrival(second, records));
			this.end += records;
		}
	}

	/** Fetches up to {@code most} records and returns how many. */
	long fetch(long most) {
		long taken = Math.min(most, this.end - this.fetched);
		this.fetched += taken;
		return taken;
	}

	void commit(long records) {
		this.everCommitted = true;
		this.committed += records;
		long left = records;
		while (left > 0) {
			Arrival oldest = this.waiting.removeFirst();
			if (oldest.records() > left) {
				this.waiting.addFirst(new Arrival(oldest.second(), oldest.records() - left));
			}
			left -= Math.min(left, oldest.records());
		}
	}

	/** Resets the fetch position to the committed offset. */
	void rewind() {
		this.fetched = this.committed;
	}

	long end() {
		return this.end;
	}

	long lag() {
		return this.end - this.committed;
	}

	/** The committed offset as the broker reports it. */
	long commit() {
		return this.everCommitted ? this.committed : TopicOffsets.NONE;
	}

	/** How long the oldest record that is not committed has been waiting, in seconds. */
	int oldestAge(int second) {
		return this.waiting.isEmpty() ? 0 : second - this.waiting.getFirst().second();
	}

	/**
	 * Records that in this second have waited longer than the objective, and had not a
	 * second ago. Called once for each second, at its end.
	 */
	long turnedLate() {
		int slot = this.second++ % this.ends.length;
		long arrivedBefore = this.ends[slot];
		this.ends[slot] = this.end;
		long late = Math.max(0, arrivedBefore - Math.max(this.committed, this.countedLate));
		this.countedLate = arrivedBefore;
		return late;
	}

	private record Arrival(int second, long records) {

	}

}
