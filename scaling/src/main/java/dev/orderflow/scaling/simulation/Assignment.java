package dev.orderflow.scaling.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which member reads which partition: evenly, and as few moves as that takes, as the
 * uniform assignor of KIP-848 does. A partition has one reader, so that more members than
 * partitions are of no use.
 */
final class Assignment {

	private static final int NOBODY = -1;

	private final int[] owners;

	private List<Integer> members = List.of();

	private int rebalances;

	Assignment(int partitions) {
		this.owners = new int[partitions];
		Arrays.fill(this.owners, NOBODY);
	}

	/**
	 * Shares the partitions among these. Returns those that moved from one member to
	 * another.
	 */
	List<Integer> share(List<Integer> now) {
		if (!isNews(now)) {
			return List.of();
		}
		this.members = List.copyOf(now);
		this.rebalances++;
		int[] before = this.owners.clone();
		takeAwayFrom(now);
		giveOut(now);
		List<Integer> moved = new ArrayList<>();
		for (int partition = 0; partition < this.owners.length; partition++) {
			if (before[partition] != NOBODY && before[partition] != this.owners[partition]) {
				moved.add(partition);
			}
		}
		return moved;
	}

	/** Whether these are others than before. */
	boolean isNews(List<Integer> now) {
		return !now.equals(this.members);
	}

	/* From those that left, and from those that have more than they may keep. */
	private void takeAwayFrom(Collection<Integer> now) {
		int least = now.isEmpty() ? 0 : this.owners.length / now.size();
		int withOneMore = now.isEmpty() ? 0 : this.owners.length % now.size();
		for (int member : now) {
			int most = least + ((withOneMore > 0 && count(member) > least) ? 1 : 0);
			withOneMore -= most - least;
			while (count(member) > most) {
				this.owners[lastOf(member)] = NOBODY;
			}
		}
		for (int partition = 0; partition < this.owners.length; partition++) {
			if (!now.contains(this.owners[partition])) {
				this.owners[partition] = NOBODY;
			}
		}
	}

	private void giveOut(List<Integer> now) {
		for (int partition = 0; partition < this.owners.length && !now.isEmpty(); partition++) {
			if (this.owners[partition] == NOBODY) {
				int poorest = now.getFirst();
				for (int member : now) {
					poorest = (count(member) < count(poorest)) ? member : poorest;
				}
				this.owners[partition] = poorest;
			}
		}
	}

	/** The partitions of a member. */
	List<Integer> of(int member) {
		List<Integer> own = new ArrayList<>();
		for (int partition = 0; partition < this.owners.length; partition++) {
			if (this.owners[partition] == member) {
				own.add(partition);
			}
		}
		return own;
	}

	private int count(int member) {
		return of(member).size();
	}

	private int lastOf(int member) {
		return of(member).getLast();
	}

	/** How often it was shared anew. */
	int rebalances() {
		return this.rebalances;
	}

}
