package dev.orderflow.load;

import java.time.Duration;

import dev.orderflow.load.Arrivals.Phase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTests {

	@Test
	void comeEvenlyWhenSteady() {
		Arrivals arrivals = Arrivals.steady(20, Duration.ofSeconds(90));

		assertThat(arrivals.expected()).isEqualTo(1800);
		assertThat(arrivals.phases()).containsExactly(new Phase(20, 20, Duration.ofSeconds(90)));
	}

	@Test
	void riseToThePeakWithinSecondsHoldItAndFall() {
		Arrivals arrivals = Arrivals.sale(190, Duration.ofSeconds(64));

		assertThat(arrivals.phases()).containsExactly(new Phase(0, 0, Duration.ofSeconds(20)),
				new Phase(0, 190, Duration.ofSeconds(2)), new Phase(190, 190, Duration.ofSeconds(20)),
				new Phase(190, 0, Duration.ofSeconds(2)));
		assertThat(arrivals.expected()).isEqualTo(190 * 22);
	}

	@Test
	void endBeforeTheCustomersDo() {
		for (Duration duration : new Duration[] { LoadSettings.DURATION_MIN, LoadSettings.DURATION_MAX }) {
			Duration sale = Arrivals.sale(100, duration)
				.phases()
				.stream()
				.map(Phase::during)
				.reduce(Duration.ZERO, Duration::plus);

			assertThat(sale).isPositive().isLessThan(duration);
		}
	}

}
