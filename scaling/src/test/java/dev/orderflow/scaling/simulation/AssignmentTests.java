package dev.orderflow.scaling.simulation;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AssignmentTests {

	private final Assignment assignment = new Assignment(12);

	@Test
	void sharesEvenly() {
		this.assignment.share(List.of(1, 2, 3, 4, 5));
		assertThat(List.of(1, 2, 3, 4, 5)).extracting((member) -> this.assignment.of(member).size())
			.containsExactlyInAnyOrder(3, 3, 2, 2, 2);
	}

	@Test
	void movesNoMoreThanItHasTo() {
		assertThat(this.assignment.share(List.of(1, 2))).as("nobody had them").isEmpty();
		assertThat(this.assignment.share(List.of(1, 2, 3))).hasSize(4);
		assertThat(this.assignment.share(List.of(1, 2))).hasSize(4);
		assertThat(this.assignment.share(List.of(1, 2))).as("nothing changed").isEmpty();
		assertThat(this.assignment.rebalances()).isEqualTo(3);
	}

	@Test
	void leavesWhoeverIsTooManyWithoutAPartition() {
		this.assignment.share(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
		assertThat(this.assignment.of(13)).isEmpty();
	}

}
