package dev.orderflow.scaling.simulation;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which records of a partition are late. */
class PartitionLogTests {

	private final PartitionLog partition = new PartitionLog();

	private void untilSecond(int second) {
		IntStream.range(0, second).forEach((i) -> assertThat(this.partition.turnedLate()).isZero());
	}

	@Test
	void countsARecordOnceWhenItHasWaitedLongerThanTheObjective() {
		this.partition.append(0, 10);
		untilSecond(Tick.OBJECTIVE_SECONDS + 1);
		assertThat(this.partition.turnedLate()).isEqualTo(10);
		assertThat(this.partition.turnedLate()).isZero();
	}

	@Test
	void countsOnlyWhatIsNotCommitted() {
		this.partition.append(0, 10);
		this.partition.fetch(7);
		this.partition.commit(4);
		untilSecond(Tick.OBJECTIVE_SECONDS + 1);
		assertThat(this.partition.turnedLate()).isEqualTo(6);
	}

	@Test
	void countsTheHistoryOfANewGroup() {
		this.partition.begin(10, false);
		untilSecond(Tick.OBJECTIVE_SECONDS + 1);
		assertThat(this.partition.turnedLate()).isEqualTo(10);
	}

}
