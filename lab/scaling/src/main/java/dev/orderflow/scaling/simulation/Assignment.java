package dev.orderflow.scaling.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which member reads which partition of {@code orders} while the group also reads the
 * replay topic. The broker orders members by their ids, which clients generate at random;
 * here each id is derived from the pod's number, so that every run is the same.
 */
final class Assignment {

	/* orders and its replay topic. */
	private static final int TOPICS = 2;

	private final Assignor assignor;

	private final int partitions;

	private int[] owners;

	private List<Integer> members = List.of();

	private int rebalances;

	Assignment(Assignor assignor, int partitions) {
		this.assignor = assignor;
		this.partitions = partitions;
		this.owners = nobodys();
	}

	/**
	 * Assigns the partitions to these members. Returns whether the members have changed.
	 */
	boolean share(List<Integer> now) {
		if (now.equals(this.members)) {
			return false;
		}
		this.members = List.copyOf(now);
		this.rebalances++;
		List<Integer> inOrder = now.stream().sorted(Comparator.comparingLong(Assignment::memberId)).toList();
		this.owners = now.isEmpty() ? nobodys() : this.assignor.assign(this.owners, this.partitions, inOrder);
		return true;
	}

	private int[] nobodys() {
		int[] nobodys = new int[TOPICS * this.partitions];
		Arrays.fill(nobodys, Assignor.NOBODY);
		return nobodys;
	}

	private static long memberId(int number) {
		return new SplittableRandom(number).nextLong();
	}

	/** The member that should read a partition of orders. */
	int owner(int partition) {
		return this.owners[partition];
	}

	/** The partitions of orders that a member should read. */
	List<Integer> of(int member) {
		return IntStream.range(0, this.partitions).filter((partition) -> owner(partition) == member).boxed().toList();
	}

	/** Number of rebalances so far. */
	int rebalances() {
		return this.rebalances;
	}

}
