package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AssignmentTests {

	private static final int PARTITIONS = 12;

	private static Assignment among(Assignor assignor, int... sizes) {
		Assignment assignment = new Assignment(assignor, PARTITIONS);
		for (int size : sizes) {
			assignment.share(members(size));
		}
		return assignment;
	}

	private static List<Integer> members(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private static long readers(Assignment assignment) {
		return members(PARTITIONS).stream().filter((member) -> !assignment.of(member).isEmpty()).count();
	}

	@ParameterizedTest
	@CsvSource({ "1", "2", "3", "5", "6", "7", "11", "12" })
	void givesEachMemberARangeOfOrdersThatDiffersByOneAtMost(int size) {
		Assignment assignment = among(Assignor.RANGE, 1, size);
		assertThat(members(size)).allSatisfy((member) -> {
			List<Integer> own = assignment.of(member);
			assertThat(own.size()).isBetween(PARTITIONS / size, Math.ceilDiv(PARTITIONS, size));
			assertThat(own.getLast() - own.getFirst()).isEqualTo(own.size() - 1);
		});
	}

	@Test
	void leavesSurplusMembersWithoutAPartition() {
		Assignment assignment = among(Assignor.RANGE, 13);
		assertThat(members(13)).filteredOn((member) -> assignment.of(member).isEmpty()).hasSize(1);
	}

	/**
	 * Why the services configure range: with two topics, the default assigns whole topics
	 * to members.
	 */
	@Test
	void letsOneOfTwoMembersReadAllOfOrdersWithUniform() {
		assertThat(readers(among(Assignor.UNIFORM, 1, 2))).isEqualTo(1);
		assertThat(readers(among(Assignor.UNIFORM, 12))).isEqualTo(6);
		assertThat(readers(among(Assignor.RANGE, 1, 2))).isEqualTo(2);
		assertThat(readers(among(Assignor.RANGE, 12))).isEqualTo(12);
	}

	@Test
	void countsARebalanceOnlyIfTheMembersChange() {
		Assignment assignment = among(Assignor.RANGE, 1, 2, 2);
		assertThat(assignment.rebalances()).isEqualTo(2);
		assertThat(assignment.share(members(2))).isFalse();
	}

}
