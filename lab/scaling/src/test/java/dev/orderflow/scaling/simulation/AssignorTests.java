package dev.orderflow.scaling.simulation;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.RangeAssignor;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import org.apache.kafka.coordinator.group.modern.Assignment;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the assignors match the broker's own classes while a group grows and shrinks.
 */
class AssignorTests {

	private static final int PARTITIONS = 12;

	/* Sorted in this order by the hash set that the broker keeps topics in. */
	private static final List<Uuid> TOPICS = List.of(new Uuid(0, 1), new Uuid(0, 2));

	private static final List<Integer> SIZES = List.of(1, 2, 3, 5, 7, 10, 11, 12, 13, 12, 6, 2, 5, 1);

	private static void followsTheBroker(Assignor assignor, ConsumerGroupPartitionAssignor broker) {
		int[] owners = new int[TOPICS.size() * PARTITIONS];
		Arrays.fill(owners, Assignor.NOBODY);
		for (int size : SIZES) {
			List<Integer> members = IntStream.range(0, size).boxed().toList();
			int[] expected = ofBroker(broker, owners, members);
			owners = assignor.assign(owners, PARTITIONS, members);
			assertThat(owners).as("%s of %d members", assignor, size).isEqualTo(expected);
		}
	}

	private static int[] ofBroker(ConsumerGroupPartitionAssignor broker, int[] before, List<Integer> members) {
		Map<String, MemberSubscriptionAndAssignmentImpl> group = new LinkedHashMap<>();
		Map<Uuid, Map<Integer, String>> inverted = new HashMap<>();
		for (int member : members) {
			Map<Uuid, Set<Integer>> own = new LinkedHashMap<>();
			for (int i = 0; i < before.length; i++) {
				if (before[i] == member) {
					own.computeIfAbsent(TOPICS.get(i / PARTITIONS), (topic) -> new HashSet<>()).add(i % PARTITIONS);
					inverted.computeIfAbsent(TOPICS.get(i / PARTITIONS), (topic) -> new HashMap<>())
						.put(i % PARTITIONS, id(member));
				}
			}
			group.put(id(member), new MemberSubscriptionAndAssignmentImpl(Optional.empty(), Optional.empty(),
					Set.copyOf(TOPICS), new Assignment(Collections.unmodifiableMap(own))));
		}
		var given = broker.assign(new GroupSpecImpl(group, SubscriptionType.HOMOGENEOUS, inverted), new Described());
		int[] after = new int[before.length];
		Arrays.fill(after, Assignor.NOBODY);
		given.members()
			.forEach((id, assigned) -> assigned.partitions()
				.forEach((topic, partitions) -> partitions.forEach(
						(partition) -> after[TOPICS.indexOf(topic) * PARTITIONS + partition] = Integer.parseInt(id))));
		return after;
	}

	/* Of two digits, so that the order of the texts is that of the numbers. */
	private static String id(int member) {
		return "%02d".formatted(member);
	}

	@Test
	void rangeFollowsTheBroker() {
		followsTheBroker(Assignor.RANGE, new RangeAssignor());
	}

	@Test
	void uniformFollowsTheBroker() {
		followsTheBroker(Assignor.UNIFORM, new UniformAssignor());
	}

	private static final class Described
			implements org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber {

		@Override
		public int numPartitions(Uuid topicId) {
			return PARTITIONS;
		}

		@Override
		public Set<String> racksForPartition(Uuid topicId, int partition) {
			return Set.of();
		}

	}

}
