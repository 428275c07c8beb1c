package dev.orderflow.scaling.keda;

import java.util.List;

import dev.orderflow.scaling.keda.MetricAnswer.Failed;
import dev.orderflow.scaling.keda.MetricAnswer.Measured;
import dev.orderflow.scaling.keda.MetricAnswer.Substitute;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** KEDA's answers while measuring fails. */
class KedaMetricsTests {

	private static final ReplicaCounts FIVE = new ReplicaCounts(5, 5, 4);

	private final FakeScaler scaler = new FakeScaler();

	private KedaMetrics metrics(ScaledObjectSpec spec) {
		return new KedaMetrics(spec, List.of(this.scaler));
	}

	@Test
	void passesFailuresOnUpToTheThresholdAndSubstitutesAboveIt() {
		KedaMetrics metrics = metrics(Specs.with("fallback: { failureThreshold: 3, replicas: 3 }"));
		this.scaler.answers = false;
		for (int failure = 1; failure <= 3; failure++) {
			assertThat(metrics.request(0, FIVE)).isEqualTo(new Failed());
		}
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Substitute(300_000));
	}

	@Test
	void countsPollsAndRequestsTogether() {
		KedaMetrics metrics = metrics(Specs.with("fallback: { failureThreshold: 3, replicas: 3 }"));
		this.scaler.answers = false;
		metrics.poll(FIVE);
		metrics.request(0, FIVE);
		metrics.poll(FIVE);
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Substitute(300_000));
	}

	@Test
	void forgetsFailuresAfterASuccess() {
		KedaMetrics metrics = metrics(Specs.with("fallback: { failureThreshold: 1, replicas: 3 }"));
		this.scaler.answers = false;
		metrics.poll(FIVE);
		this.scaler.lag(7);
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Measured(new Reading(7000, true)));
		this.scaler.answers = false;
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Failed());
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Substitute(300_000));
	}

	@ParameterizedTest
	@CsvSource({ "static, 3, 3", "currentReplicas, 3, 5", "currentReplicasIfHigher, 3, 5",
			"currentReplicasIfHigher, 9, 9", "currentReplicasIfLower, 3, 3", "currentReplicasIfLower, 9, 5" })
	void asksForTheReplicasOfTheFallback(String behavior, int given, int replicas) {
		KedaMetrics metrics = metrics(
				Specs.with("fallback: { failureThreshold: 0, replicas: %d, behavior: %s }".formatted(given, behavior)));
		this.scaler.answers = false;
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Substitute(replicas * 100_000L));
	}

	@Test
	void countsNothingWithoutAFallback() {
		KedaMetrics metrics = metrics(Specs.with(""));
		this.scaler.answers = false;
		for (int i = 0; i < 20; i++) {
			assertThat(metrics.request(0, FIVE)).isEqualTo(new Failed());
		}
	}

	@Test
	void recreatesScalersAfterAFailure() {
		KedaMetrics metrics = metrics(Specs.with(""));
		metrics.poll(FIVE);
		metrics.poll(FIVE);
		assertThat(this.scaler.connected).isEqualTo(1);
		this.scaler.answers = false;
		metrics.poll(FIVE);
		assertThat(this.scaler.connected).as("retried with a new scaler").isEqualTo(2);
		this.scaler.lag(0);
		metrics.poll(FIVE);
		assertThat(this.scaler.connected).as("recreated by the next call").isEqualTo(3);
	}

	@Test
	void countsOneFailureWhenTheBrokerGoesDownAndNoneAfterwards() {
		KedaMetrics metrics = metrics(Specs.with("fallback: { failureThreshold: 1, replicas: 3 }"));
		metrics.poll(FIVE);
		this.scaler.connects = false;
		for (int i = 0; i < 20; i++) {
			assertThat(metrics.request(0, FIVE)).isEqualTo(new Failed());
			metrics.poll(FIVE);
		}
	}

	@Test
	void answersFromTheLastPollWhereMetricsAreCached() {
		KedaMetrics metrics = metrics(Specs.withTrigger("useCachedMetrics: true"));
		this.scaler.lag(10);
		assertThat(metrics.request(0, FIVE)).as("no poll yet").isEqualTo(new Measured(new Reading(10_000, true)));
		metrics.poll(FIVE);
		this.scaler.lag(999);
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Measured(new Reading(10_000, true)));
		metrics.poll(FIVE);
		assertThat(metrics.request(0, FIVE)).isEqualTo(new Measured(new Reading(999_000, true)));
	}

}
