package dev.orderflow.settings;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import org.springframework.util.backoff.BackOffExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTests {

	private static final int SEQUENCES = 200;

	@Test
	void doublesFromTheFirstToTheLongestPause() {
		for (int i = 0; i < SEQUENCES; i++) {
			BackOffExecution pauses = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)).start();
			for (long middle = 100; middle < 10_000; middle *= 2) {
				assertThat(pauses.nextBackOff()).isBetween(Math.max(100, middle / 2), Math.min(10_000, middle * 3 / 2));
			}
		}
	}

	@Test
	void neverEndsAndNeverExceedsTheLongestPause() {
		BackOffExecution pauses = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)).start();
		LongStream.range(0, 10).forEach((ignored) -> pauses.nextBackOff());

		assertThat(LongStream.range(0, 10_000).map((ignored) -> pauses.nextBackOff()).boxed())
			.allSatisfy((pause) -> assertThat(pause).isBetween(5_000L, 10_000L));
	}

	@Test
	void variesSoThatReplicasDoNotRetryInStep() {
		Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

		assertThat(LongStream.range(0, SEQUENCES).map((ignored) -> backoff.start().nextBackOff()).distinct().count())
			.isGreaterThan(5);
		assertThat(LongStream.range(0, SEQUENCES).map((ignored) -> longest(backoff)).distinct().count())
			.isGreaterThan(5);
	}

	private static long longest(Backoff backoff) {
		BackOffExecution pauses = backoff.start();
		LongStream.range(0, 20).forEach((ignored) -> pauses.nextBackOff());
		return pauses.nextBackOff();
	}

	@Test
	void refusesPausesOutOfBounds() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessage("backoff.initial is out of range: expected PT0.001S to PT1M, found PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessage("backoff.max is out of range: expected PT2S to PT10M, found PT1S");
	}

}
