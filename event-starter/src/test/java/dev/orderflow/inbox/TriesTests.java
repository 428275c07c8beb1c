package dev.orderflow.inbox;

import dev.orderflow.inbox.Tries.Next;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TriesTests {

	private static final Throwable CAUSE = new IllegalStateException("a failed try");

	private static final int ATTEMPTS_MAX = 4;

	@Test
	void waitsForALockWithoutLimit() {
		Tries tries = new Tries(true, ATTEMPTS_MAX);

		assertThat(tries.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(tries.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.AGAIN);
		for (int i = 0; i < 2 * ATTEMPTS_MAX; i++) {
			assertThat(tries.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.WAIT);
		}
	}

	@Test
	void doesNotCountEarlierLocksAsTriesOfADefect() {
		Tries tries = new Tries(true, ATTEMPTS_MAX);
		tries.after(Failure.CONTENTION, CAUSE);
		tries.after(Failure.CONTENTION, CAUSE);

		assertThat(tries.after(Failure.DEFECT, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(tries.after(Failure.DEFECT, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(tries.after(Failure.DEFECT, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(tries.after(Failure.DEFECT, CAUSE)).isEqualTo(Next.GIVE_UP);
		assertThat(tries.count()).isEqualTo(6);
	}

	@Test
	void halvesAtOnceForADefectAndAfterThreeTriesForALock() {
		assertThat(new Tries(false, ATTEMPTS_MAX).after(Failure.DEFECT, CAUSE)).isEqualTo(Next.HALVE);
		assertThat(new Tries(false, ATTEMPTS_MAX).after(Failure.PERMANENT_DEFECT, CAUSE)).isEqualTo(Next.HALVE);
		Tries contended = new Tries(false, ATTEMPTS_MAX);
		assertThat(contended.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(contended.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.AGAIN);
		assertThat(contended.after(Failure.CONTENTION, CAUSE)).isEqualTo(Next.HALVE);
	}

	@Test
	void triesAPermanentDefectOnce() {
		assertThat(new Tries(true, ATTEMPTS_MAX).after(Failure.PERMANENT_DEFECT, CAUSE)).isEqualTo(Next.GIVE_UP);
	}

	@Test
	void pausesABrokenReleaseWithoutAnotherTry() {
		assertThat(new Tries(true, ATTEMPTS_MAX).after(Failure.BROKEN_RELEASE, CAUSE)).isEqualTo(Next.PAUSE);
		assertThat(new Tries(false, ATTEMPTS_MAX).after(Failure.BROKEN_RELEASE, CAUSE)).isEqualTo(Next.PAUSE);
	}

	@Test
	void waitsForTheEndOfAnOutage() {
		assertThat(new Tries(true, ATTEMPTS_MAX).after(Failure.OUTAGE, CAUSE)).isEqualTo(Next.WAIT);
		assertThat(new Tries(false, ATTEMPTS_MAX).after(Failure.OUTAGE, CAUSE)).isEqualTo(Next.WAIT);
	}

}
