package dev.orderflow.scaling.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer: fetches up to a batch from its partitions in turn, works on it at its rate,
 * and commits when the whole batch is done, so that a batch in work counts as lag.
 */
final class Member {

	/** {@code max.poll.records} in event-starter-inbox.yml. */
	static final int BATCH_RECORDS_MAX = 500;

	private final Map<PartitionLog, Long> batch = new HashMap<>();

	private double left;

	private int turn;

	/** Simulates one second of work. */
	void work(List<PartitionLog> partitions, double perSecond) {
		double budget = perSecond;
		while (budget > 0 && (!this.batch.isEmpty() || fetch(partitions))) {
			double done = Math.min(budget, this.left);
			budget -= done;
			this.left -= done;
			if (this.left <= 0) {
				finish();
			}
		}
	}

	private boolean fetch(List<PartitionLog> partitions) {
		long room = BATCH_RECORDS_MAX;
		for (int i = 0; i < partitions.size() && room > 0; i++) {
			PartitionLog partition = partitions.get((this.turn + i) % partitions.size());
			long taken = partition.fetch(room);
			if (taken > 0) {
				this.batch.put(partition, taken);
				room -= taken;
			}
		}
		this.turn++;
		this.left = BATCH_RECORDS_MAX - room;
		return !this.batch.isEmpty();
	}

	/** Whether the batch in work contains records of the partition. */
	boolean isWorkingOn(PartitionLog partition) {
		return this.batch.containsKey(partition);
	}

	/** Commits the batch, as a member also does before it gives partitions up. */
	void finish() {
		this.batch.forEach(PartitionLog::commit);
		this.batch.clear();
		this.left = 0;
	}

	/** Abandons the batch; the next reader of its partitions fetches it again. */
	void abandon() {
		this.batch.keySet().forEach(PartitionLog::rewind);
		this.batch.clear();
		this.left = 0;
	}

}
