package dev.orderflow.manifests;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: what stops within a phase of the shutdown ends before Spring goes on without it.
 * Method: compares the times in settings and sources.
 */
class StopTimesTests {

	private final StopTimes times = StopTimes.ofServices();

	@Test
	void aBatchAndTheRelayEndWithinTheirPhase() {
		assertThat(this.times.batchSeconds()).isLessThan(this.times.phaseSeconds());
		assertThat(2 * this.times.relaySeconds()).isLessThan(this.times.phaseSeconds());
	}

}
