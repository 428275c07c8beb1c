package dev.orderflow.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class OrderRhythmTests {

	private static final int ORDERS = 20_000;

	@Test
	void keepsTheRateBetweenBursts() {
		List<Duration> pauses = pauses(5);

		long single = pauses.stream().filter(Duration::isPositive).count();
		double seconds = pauses.stream().mapToLong(Duration::toNanos).sum() / 1e9;

		assertThat(single / seconds).isCloseTo(5, within(0.25));
	}

	@Test
	void burstsWithTenSecondsOfOrdersAboutEveryThirtySeconds() {
		List<Duration> pauses = pauses(5);

		List<Long> bursts = new ArrayList<>();
		long length = 0;
		for (Duration pause : pauses) {
			if (pause.isZero()) {
				length++;
			}
			else if (length > 0) {
				bursts.add(length);
				length = 0;
			}
		}
		double seconds = pauses.stream().mapToLong(Duration::toNanos).sum() / 1e9;

		assertThat(bursts).isNotEmpty().containsOnly(50L);
		assertThat(seconds / bursts.size()).isCloseTo(30, within(3.0));
	}

	@Test
	void repeatsItselfWithTheSameSeed() {
		assertThat(pauses(3)).isEqualTo(pauses(3));
	}

	@Test
	void needsARate() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OrderRhythm(0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new OrderRhythm(Double.NaN, 1));
	}

	private static List<Duration> pauses(double rate) {
		OrderRhythm rhythm = new OrderRhythm(rate, 1);
		return Stream.generate(rhythm::next).limit(ORDERS).toList();
	}

}
