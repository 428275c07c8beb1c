package dev.orderflow.scaling.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The members that read a topic. A partition that is to move stays with its reader until
 * the batch in work is committed, and is free for the next reader two heartbeats later.
 */
final class ConsumerGroup {

	/*
	 * One heartbeat to revoke a partition and one to assign it:
	 * group.consumer.heartbeat.interval.ms is 2000.
	 */
	private static final int MOVE_SECONDS = 4;

	private final List<PartitionLog> partitions;

	private final Assignment assignment;

	private final Map<Integer, Member> members = new HashMap<>();

	private final int[] readers;

	private final int[] readableFrom;

	ConsumerGroup(List<PartitionLog> partitions, Assignor assignor) {
		this.partitions = List.copyOf(partitions);
		this.assignment = new Assignment(assignor, partitions.size());
		this.readers = new int[partitions.size()];
		this.readableFrom = new int[partitions.size()];
		Arrays.fill(this.readers, Assignor.NOBODY);
	}

	/**
	 * Simulates one second of work.
	 * @param ready numbers of the current members
	 * @param perSecond records that each member processes per second
	 * @param dependency whether the batch in work can be committed
	 */
	void work(int second, List<Integer> ready, double perSecond, boolean dependency) {
		if (this.assignment.share(ready)) {
			this.members.forEach((number, member) -> {
				if (!dependency) {
					member.abandon();
				}
				else if (!ready.contains(number)) {
					member.finish();
				}
			});
			this.members.keySet().retainAll(ready);
			ready.forEach((number) -> this.members.computeIfAbsent(number, (added) -> new Member()));
		}
		handOver(second);
		this.members.forEach((number, member) -> member.work(readable(number, second), dependency ? perSecond : 0));
	}

	private void handOver(int second) {
		for (int i = 0; i < this.readers.length; i++) {
			Member reader = this.members.get(this.readers[i]);
			boolean moves = this.readers[i] != this.assignment.owner(i);
			if (moves && (reader == null || !reader.isWorkingOn(this.partitions.get(i)))) {
				this.readableFrom[i] = (this.readers[i] == Assignor.NOBODY) ? second : second + MOVE_SECONDS;
				this.readers[i] = this.assignment.owner(i);
			}
		}
	}

	private List<PartitionLog> readable(int member, int second) {
		List<PartitionLog> readable = new ArrayList<>();
		for (int i = 0; i < this.readers.length; i++) {
			boolean reads = this.readers[i] == member && this.assignment.owner(i) == member;
			if (reads && this.readableFrom[i] <= second) {
				readable.add(this.partitions.get(i));
			}
		}
		return readable;
	}

	/** Number of rebalances so far. */
	int rebalances() {
		return this.assignment.rebalances();
	}

}
