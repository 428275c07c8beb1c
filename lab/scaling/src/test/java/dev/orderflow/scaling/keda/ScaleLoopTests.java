package dev.orderflow.scaling.keda;

import java.time.Instant;
import java.util.List;

import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The step between 0 and 1 and back, poll by poll. */
class ScaleLoopTests {

	private static final Instant CREATED = Instant.parse("2026-11-01T10:00:00Z");

	private final FakeScaler scaler = new FakeScaler();

	private ScaleLoop loop(ScaledObjectSpec spec) {
		return new ScaleLoop(spec, new KedaMetrics(spec, List.of(this.scaler)), CREATED);
	}

	private static int poll(ScaleLoop loop, int second, int replicas) {
		return loop.poll(CREATED.plusSeconds(second), new ReplicaCounts(replicas, replicas, replicas));
	}

	@Test
	void startsOneReplicaForTheFirstRecord() {
		ScaleLoop loop = loop(Specs.with(""));
		assertThat(poll(loop, 1, 0)).isZero();
		this.scaler.lag(1);
		assertThat(poll(loop, 31, 0)).isEqualTo(1);
	}

	@Test
	void startsTheMinimumOfReplicas() {
		ScaleLoop loop = loop(Specs.with("minReplicaCount: 3"));
		this.scaler.lag(1);
		assertThat(poll(loop, 1, 0)).isEqualTo(3);
		this.scaler.lag(0);
		assertThat(poll(loop, 31, 2)).as("even without activity").isEqualTo(3);
		assertThat(poll(loop, 10_000, 3)).as("never below").isEqualTo(3);
	}

	@Test
	void keepsTheReplicasWhileATriggerIsActive() {
		ScaleLoop loop = loop(Specs.with(""));
		this.scaler.lag(5000);
		assertThat(poll(loop, 1, 7)).isEqualTo(7);
	}

	@Test
	void scalesToZeroFromAnyNumberOnceTheCooldownIsOver() {
		ScaleLoop loop = loop(Specs.with("cooldownPeriod: 60"));
		this.scaler.lag(1);
		poll(loop, 10, 9);
		this.scaler.lag(0);
		assertThat(poll(loop, 69, 9)).isEqualTo(9);
		assertThat(poll(loop, 70, 9)).as("the end of the cooldown is exclusive").isEqualTo(9);
		assertThat(poll(loop, 71, 9)).isZero();
	}

	@Test
	void countsTheCooldownFromTheLastActivePoll() {
		ScaleLoop loop = loop(Specs.with("cooldownPeriod: 60"));
		this.scaler.lag(1);
		poll(loop, 10, 1);
		poll(loop, 40, 1);
		this.scaler.lag(0);
		assertThat(poll(loop, 100, 1)).isEqualTo(1);
		assertThat(poll(loop, 101, 1)).isZero();
	}

	@Test
	void scalesANewObjectToZeroAtOnceWithoutAnInitialCooldown() {
		assertThat(poll(loop(Specs.with("")), 1, 4)).isZero();
		ScaleLoop loop = loop(Specs.with("initialCooldownPeriod: 120"));
		assertThat(poll(loop, 120, 4)).isEqualTo(4);
		assertThat(poll(loop, 121, 4)).isZero();
	}

	@Test
	void scalesToTheIdleReplicaCountIfSet() {
		ScaleLoop loop = loop(Specs.with("minReplicaCount: 4\nidleReplicaCount: 2"));
		assertThat(poll(loop, 1, 6)).isEqualTo(2);
		this.scaler.lag(1);
		assertThat(poll(loop, 31, 2)).isEqualTo(4);
	}

	@Test
	void neverScalesToZeroOnAFailureWithoutFallback() {
		ScaleLoop loop = loop(Specs.with(""));
		this.scaler.answers = false;
		assertThat(poll(loop, 10_000, 5)).isEqualTo(5);
	}

	@Test
	void scalesToZeroOnAFailureWithAFallbackOfZero() {
		ScaleLoop loop = loop(Specs.with("fallback: { failureThreshold: 3, replicas: 0 }"));
		this.scaler.answers = false;
		assertThat(poll(loop, 10_000, 5)).isZero();
	}

	@Test
	void startsAReplicaFromZeroOnceTheFallbackApplies() {
		ScaleLoop loop = loop(Specs.with("fallback: { failureThreshold: 3, replicas: 3 }"));
		this.scaler.answers = false;
		assertThat(poll(loop, 0, 0)).isZero();
		assertThat(poll(loop, 30, 0)).isZero();
		assertThat(poll(loop, 60, 0)).isZero();
		assertThat(poll(loop, 90, 0)).as("after two minutes of failed polls").isEqualTo(1);
	}

	@Test
	void doesNothingWhileNoClientCanBeCreated() {
		ScaleLoop loop = loop(Specs.with("cooldownPeriod: 60\nfallback: { failureThreshold: 0, replicas: 3 }"));
		this.scaler.connects = false;
		assertThat(poll(loop, 1000, 0)).isZero();
		assertThat(poll(loop, 2000, 5)).isEqualTo(5);
		this.scaler.lag(1);
		assertThat(poll(loop, 2010, 0)).as("recovers with the next poll").isEqualTo(1);
	}

	@Test
	void doesNotRecordActivityWhileAnotherTriggerFails() {
		FakeScaler other = new FakeScaler();
		ScaledObjectSpec spec = Specs.withReplayTrigger("cooldownPeriod: 60");
		ScaleLoop loop = new ScaleLoop(spec, new KedaMetrics(spec, List.of(this.scaler, other)), CREATED);
		this.scaler.lag(1);
		poll(loop, 10, 2);
		other.answers = false;
		poll(loop, 60, 2);
		other.lag(0);
		this.scaler.lag(0);
		assertThat(poll(loop, 71, 2)).isZero();
	}

}
