package dev.orderflow.scaling.simulation;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemberTests {

	private final PartitionLog partition = new PartitionLog();

	private final Member member = new Member();

	@Test
	void commitsOnlyCompleteBatches() {
		this.partition.append(0, 700);
		this.member.work(List.of(this.partition), 300);
		assertThat(this.partition.lag()).as("300 of 500 done").isEqualTo(700);
		this.member.work(List.of(this.partition), 300);
		assertThat(this.partition.lag()).as("500 committed, 100 of 200 done").isEqualTo(200);
		this.member.work(List.of(this.partition), 300);
		assertThat(this.partition.lag()).isZero();
	}

	@Test
	void fetchesAnAbandonedBatchAgain() {
		this.partition.append(0, 500);
		this.member.work(List.of(this.partition), 499);
		this.member.abandon();
		new Member().work(List.of(this.partition), 499);
		assertThat(this.partition.lag()).isEqualTo(500);
	}

	@Test
	void reportsTheAgeOfTheOldestRecord() {
		this.partition.append(3, 10);
		this.partition.append(7, 10);
		assertThat(this.partition.oldestAge(10)).isEqualTo(7);
		this.member.work(List.of(this.partition), 10);
		assertThat(this.partition.oldestAge(10)).as("the batch of 20 is not done").isEqualTo(7);
		this.member.work(List.of(this.partition), 10);
		assertThat(this.partition.oldestAge(10)).isZero();
	}

}
