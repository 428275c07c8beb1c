package dev.orderflow.outbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReachTests {

	private static final int PAGE = 100;

	private final Reach reach = new Reach(PAGE, Duration.ofHours(1));

	@Test
	void readsAnotherPageAfterAFullOne() {
		assertThat(this.reach.saw(PAGE, PAGE, PAGE, PAGE)).isFalse();

		assertThat(this.reach.isDue()).isTrue();
		assertThat(this.reach.rows()).isEqualTo(PAGE);
	}

	/** The rows in flight fill the window; further rows would find no room either. */
	@Test
	void waitsForAnswersWhenTheWindowHasNoRoomForTheHead() {
		assertThat(this.reach.saw(PAGE, 10, 10, 400)).isFalse();
		assertThat(this.reach.isDue()).isFalse();

		answer(PAGE / 2);
		assertThat(this.reach.isDue()).isTrue();
		assertThat(this.reach.saw(PAGE, PAGE / 2, PAGE / 2, 400)).isFalse();
		assertThat(this.reach.rows()).isEqualTo(PAGE);
	}

	@Test
	void readsFurtherWhenAnswersMakeNoRoom() {
		this.reach.saw(PAGE, 1, 1, 1);
		answer(1);

		assertThat(this.reach.saw(PAGE, 1, 1, 1)).isTrue();
		assertThat(this.reach.rows()).isEqualTo(2 * PAGE);
		assertThat(this.reach.isDue()).isTrue();
	}

	@Test
	void readsFurtherWhenNoAnswerComes() {
		Reach impatient = new Reach(PAGE, Duration.ZERO);
		impatient.saw(PAGE, 0, 0, 400);

		assertThat(impatient.isDue()).isTrue();
		assertThat(impatient.saw(PAGE, 0, 0, 400)).isTrue();
		assertThat(impatient.rows()).isEqualTo(2 * PAGE);
	}

	@Test
	void readsFurtherAtOnceWhenNothingIsInFlight() {
		assertThat(this.reach.saw(PAGE, 0, 0, 0)).isTrue();
		assertThat(this.reach.rows()).isEqualTo(2 * PAGE);
	}

	@Test
	void readsNoFurtherThanItsBound() {
		int looks = 0;
		while (this.reach.saw(this.reach.rows(), 0, 0, 0)) {
			assertThat(looks++).isLessThan(20);
		}

		assertThat(this.reach.rows()).isEqualTo(20_000);
	}

	@Test
	void readsLessOnceTheHeadIsSentAgain() {
		this.reach.saw(PAGE, 0, 0, 0);
		this.reach.saw(2 * PAGE, 0, 0, 0);
		assertThat(this.reach.rows()).isEqualTo(4 * PAGE);

		this.reach.saw(4 * PAGE, PAGE, 3 * PAGE, PAGE);
		assertThat(this.reach.rows()).as("the last row sent was far behind the head").isEqualTo(4 * PAGE);
		this.reach.saw(4 * PAGE, PAGE, PAGE, PAGE);
		assertThat(this.reach.rows()).isEqualTo(2 * PAGE);
		this.reach.saw(2 * PAGE, PAGE, PAGE, PAGE);
		this.reach.saw(PAGE, PAGE, PAGE, PAGE);
		assertThat(this.reach.rows()).as("never less than a page").isEqualTo(PAGE);
	}

	private void answer(int rows) {
		for (int i = 0; i < rows; i++) {
			this.reach.answered();
		}
	}

}
