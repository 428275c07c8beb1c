package dev.orderflow.carrier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class BehaviourTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "60000, 1", "20, 0.5" })
	void takesEveryLatencyAndRateInItsRange(int latencyMillis, double failureRate) {
		assertThatNoException().isThrownBy(() -> new Behaviour(latencyMillis, failureRate));
	}

	@ParameterizedTest
	@CsvSource({ "-1, 0, latencyMillis", "60001, 0, latencyMillis", "0, -0.1, failureRate", "0, 1.1, failureRate",
			"0, NaN, failureRate", "0, Infinity, failureRate" })
	void namesTheValueThatIsOutOfRange(int latencyMillis, double failureRate, String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Behaviour(latencyMillis, failureRate))
			.withMessageStartingWith(name + " is out of range: expected 0 to ");
	}

}
