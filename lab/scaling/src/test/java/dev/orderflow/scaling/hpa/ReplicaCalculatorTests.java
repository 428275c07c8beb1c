package dev.orderflow.scaling.hpa;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.manifest.Trigger.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many replicas metrics ask for. The expected values were derived by hand from the
 * source code of Kubernetes.
 */
class ReplicaCalculatorTests {

	private static final ReplicaCalculator CALCULATOR = new ReplicaCalculator(new Tolerance(0.1, 0.1));

	private static ExternalMetric average(long target, long usage) {
		return new ExternalMetric(MetricType.AverageValue, target * 1000, OptionalLong.of(usage * 1000));
	}

	private static ExternalMetric broken() {
		return new ExternalMetric(MetricType.AverageValue, 100_000, OptionalLong.empty());
	}

	private static ReplicaCounts replicas(int count) {
		return new ReplicaCounts(count, count, count);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "100, 1", "101, 2", "599, 6", "660, 6", "661, 7", "1199, 12", "1200, 12", "1201, 13",
			"1299, 13" })
	void roundsUpOutsideTheTolerance(long metric, int desired) {
		assertThat(CALCULATOR.proposal(average(100, metric), replicas(6))).isEqualTo(desired);
	}

	@ParameterizedTest
	@CsvSource({ "899, 9", "900, 10", "1100, 10", "1101, 12" })
	void includesBothEndsOfTheTolerance(long metric, int desired) {
		assertThat(CALCULATOR.proposal(average(100, metric), replicas(10))).isEqualTo(desired);
	}

	@Test
	void staysOneShortOfThePartitionsWhenTheCappedMetricIsWithinTheTolerance() {
		assertThat(CALCULATOR.proposal(average(3000, 192_000), replicas(63))).isEqualTo(63);
		assertThat(CALCULATOR.proposal(average(3000, 3000), replicas(63))).isEqualTo(1);
	}

	@Test
	void comparesWithThePodsThatAreCreatedReadyOrNot() {
		ReplicaCounts starting = new ReplicaCounts(10, 10, 2);
		assertThat(CALCULATOR.proposal(average(100, 1000), starting)).isEqualTo(10);
	}

	@Test
	void asksForReplicasWithoutPods() {
		assertThat(CALCULATOR.proposal(average(100, 250), replicas(0))).isEqualTo(3);
		assertThat(CALCULATOR.proposal(average(100, 0), replicas(0))).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0.0, 1001, 11", "0.0, 1000, 10", "0.05, 1050, 10", "0.05, 1051, 11" })
	void usesItsOwnToleranceForScalingOut(double up, long metric, int desired) {
		ReplicaCalculator calculator = new ReplicaCalculator(new Tolerance(0.1, up));
		assertThat(calculator.proposal(average(100, metric), replicas(10))).isEqualTo(desired);
	}

	@ParameterizedTest
	@CsvSource({ "200, 4, 3, 6", "109, 4, 3, 4", "111, 4, 3, 4", "50, 4, 4, 2", "150, 0, 0, 2" })
	void multipliesReadyPodsIfTheTargetIsForAllReplicas(long metric, int wanted, int ready, int desired) {
		ExternalMetric value = new ExternalMetric(MetricType.Value, 100_000, OptionalLong.of(metric * 1000));
		assertThat(CALCULATOR.proposal(value, new ReplicaCounts(wanted, wanted, ready))).isEqualTo(desired);
	}

	@Test
	void takesTheHighestProposalOfAllMetrics() {
		assertThat(CALCULATOR.proposal(List.of(average(100, 300), average(100, 700), average(100, 0)), replicas(1)))
			.hasValue(7);
	}

	@Test
	void scalesOutButNotInWhileAMetricIsMissing() {
		assertThat(CALCULATOR.proposal(List.of(average(100, 300), broken()), replicas(5)))
			.isEqualTo(OptionalInt.empty());
		assertThat(CALCULATOR.proposal(List.of(average(100, 900), broken()), replicas(5))).hasValue(9);
		assertThat(CALCULATOR.proposal(List.of(average(100, 500), broken()), replicas(5))).hasValue(5);
		assertThat(CALCULATOR.proposal(List.of(broken()), replicas(5))).isEqualTo(OptionalInt.empty());
	}

}
