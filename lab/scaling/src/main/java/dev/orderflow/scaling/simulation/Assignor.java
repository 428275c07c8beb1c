package dev.orderflow.scaling.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which member reads which partition, for topics with equally many partitions, as in
 * Kafka 4.2, {@code org.apache.kafka.coordinator.group.assignor}. Partitions of several
 * topics are numbered one topic after the other.
 */
public enum Assignor {

	/**
	 * {@code RangeAssignor}: each topic in ranges, in the order of the members, so that
	 * partition i of every topic goes to the same member. The previous assignment does
	 * not matter.
	 */
	RANGE {

		@Override
		int[] assign(int[] before, int partitions, List<Integer> members) {
			int[] after = unowned(before.length);
			int least = partitions / members.size();
			int withOneMore = partitions % members.size();
			for (int partition = 0; partition < after.length; partition++) {
				int inTopic = partition % partitions;
				int inLarger = withOneMore * (least + 1);
				int member = (inTopic < inLarger) ? inTopic / (least + 1)
						: withOneMore + (inTopic - inLarger) / Math.max(1, least);
				after[partition] = members.get(member);
			}
			return after;
		}

	},

	/**
	 * {@code UniformHomogeneousAssignmentBuilder}, the broker's default: balances the
	 * partitions of all topics together, with as few moves as possible. With two topics,
	 * the first two members get one topic each.
	 */
	UNIFORM {

		@Override
		int[] assign(int[] before, int partitions, List<Integer> members) {
			int[] after = unowned(before.length);
			int[] room = new int[members.size()];
			int withOneMore = before.length % room.length;
			for (int i = 0; i < room.length; i++) {
				boolean oneMore = withOneMore > 0;
				room[i] = before.length / room.length + (oneMore ? 1 : 0);
				room[i] -= keep(before, after, members.get(i), room[i]);
				// A member with room left leaves its extra partition to later members.
				if (room[i] > 0 && oneMore && room.length - i > withOneMore) {
					room[i]--;
					oneMore = false;
				}
				withOneMore -= oneMore ? 1 : 0;
			}
			fill(after, unassigned(before, after, members), room, members);
			return after;
		}

		private int keep(int[] before, int[] after, int member, int most) {
			int kept = 0;
			for (int partition = 0; partition < before.length && kept < most; partition++) {
				if (before[partition] == member) {
					after[partition] = member;
					kept++;
				}
			}
			return kept;
		}

		/* Unowned partitions first, then those that each member has to give up. */
		private List<Integer> unassigned(int[] before, int[] after, List<Integer> members) {
			List<Integer> free = new ArrayList<>();
			for (int owner = -1; owner < members.size(); owner++) {
				for (int partition = 0; partition < before.length; partition++) {
					if (after[partition] == NOBODY && members.indexOf(before[partition]) == owner) {
						free.add(partition);
					}
				}
			}
			return free;
		}

		private void fill(int[] after, List<Integer> free, int[] room, List<Integer> members) {
			int member = 0;
			for (int partition : free) {
				while (room[member] == 0) {
					member++;
				}
				after[partition] = members.get(member);
				room[member]--;
			}
		}

	};

	/** Owner of an unassigned partition. */
	static final int NOBODY = -1;

	/**
	 * Assigns the partitions.
	 * @param before the owner of each partition, of all topics
	 * @param partitions how many each topic has
	 * @param members in the broker's order, at least one
	 * @return the new owner of each partition
	 */
	abstract int[] assign(int[] before, int partitions, List<Integer> members);

	private static int[] unowned(int count) {
		int[] owners = new int[count];
		Arrays.fill(owners, NOBODY);
		return owners;
	}

}
