package dev.orderflow.scaling.simulation;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How a batch ends whose partition is about to move. */
class ConsumerGroupTests {

	private final PartitionLog first = new PartitionLog();

	private final PartitionLog second = new PartitionLog();

	private final ConsumerGroup group = new ConsumerGroup(List.of(this.first, this.second), Assignor.RANGE);

	/**
	 * A batch of 500 at 50 records/s is in work for 10 s. The other member joins in
	 * second 1, and reads the partition two heartbeats after the batch is committed.
	 */
	@Test
	void revokesNoPartitionWhileItsBatchIsInWork() {
		List<Integer> two = List.of(0, 1);
		Assignment target = new Assignment(Assignor.RANGE, 2);
		target.share(two);
		PartitionLog moving = (target.owner(0) == 1) ? this.first : this.second;
		moving.append(0, 1000);
		this.group.work(0, List.of(0), 50, true);
		IntStream.range(1, 10).forEach((second) -> this.group.work(second, two, 50, true));
		assertThat(moving.lag()).as("500 are committed after 10 s").isEqualTo(500);
		IntStream.range(10, 23).forEach((second) -> this.group.work(second, two, 50, true));
		assertThat(moving.lag()).as("the new member began in second 14").isEqualTo(500);
		this.group.work(23, two, 50, true);
		assertThat(moving.lag()).as("and has worked for 10 s").isZero();
	}

}
