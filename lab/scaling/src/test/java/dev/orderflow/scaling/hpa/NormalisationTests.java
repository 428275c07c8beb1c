package dev.orderflow.scaling.hpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

import dev.orderflow.scaling.hpa.Normalisation.Bounds;
import dev.orderflow.scaling.manifest.Behavior;
import dev.orderflow.scaling.manifest.Behavior.Policy;
import dev.orderflow.scaling.manifest.Behavior.PolicyType;
import dev.orderflow.scaling.manifest.Behavior.Rules;
import dev.orderflow.scaling.manifest.Behavior.SelectPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How fast the autoscaler scales. The expected values were derived by hand from the
 * source code of Kubernetes.
 */
class NormalisationTests {

	private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

	private static final Bounds BOUNDS = new Bounds(1, 100);

	/** Replicas after each sync, 15 s apart from 0 on. */
	private static List<Integer> run(Normalisation normalisation, int from, int syncs, IntUnaryOperator desiredAt) {
		List<Integer> replicas = new ArrayList<>();
		int current = from;
		for (int sync = 0; sync < syncs; sync++) {
			Instant now = START.plusSeconds(sync * 15L);
			normalisation.begin(now, current);
			int next = normalisation.normalise(now, current, desiredAt.applyAsInt(sync), BOUNDS);
			if (next != current) {
				normalisation.scaled(now, current, next);
			}
			current = next;
			replicas.add(current);
		}
		return replicas;
	}

	private static Normalisation behavior(@Nullable Rules up, @Nullable Rules down) {
		return Normalisation.of(new Behavior(up, down));
	}

	private static Rules rules(int window, SelectPolicy select, Policy... policies) {
		return new Rules(window, select, List.of(policies), null);
	}

	private static Policy pods(int value, int period) {
		return new Policy(PolicyType.Pods, value, period);
	}

	private static Policy percent(int value, int period) {
		return new Policy(PolicyType.Percent, value, period);
	}

	private static List<Integer> repeated(int value, int times) {
		return Collections.nCopies(times, value);
	}

	@Test
	void doublesButAtLeastToFourWithoutBehavior() {
		assertThat(run(Normalisation.of(null), 1, 4, (sync) -> 12)).containsExactly(4, 8, 12, 12);
		assertThat(run(Normalisation.of(null), 7, 3, (sync) -> 50)).containsExactly(14, 28, 50);
	}

	@Test
	void addsFourPodsOrDoublesWithAnEmptyBehavior() {
		assertThat(run(behavior(null, null), 1, 4, (sync) -> 12)).containsExactly(5, 10, 12, 12);
		assertThat(run(behavior(null, null), 10, 3, (sync) -> 100)).containsExactly(20, 40, 80);
	}

	@Test
	void scalesInAtOnceAfterFiveMinutesByDefault() {
		for (Normalisation normalisation : List.of(Normalisation.of(null), behavior(null, null))) {
			List<Integer> replicas = run(normalisation, 12, 22, (sync) -> 1);
			assertThat(replicas.subList(0, 20)).isEqualTo(repeated(12, 20));
			assertThat(replicas.get(20)).as("at 300 s").isEqualTo(1);
		}
	}

	@Test
	void waitsFromTheLastHighRecommendation() {
		List<Integer> replicas = run(behavior(null, null), 12, 30, (sync) -> (sync == 4) ? 9 : 1);
		assertThat(replicas.subList(0, 20)).isEqualTo(repeated(12, 20));
		assertThat(replicas.subList(20, 24)).as("the 9 of 60 s still counts").isEqualTo(repeated(9, 4));
		assertThat(replicas.get(24)).isEqualTo(1);
	}

	@Test
	void waitsForTheLowestRecommendationBeforeItScalesOut() {
		Normalisation normalisation = behavior(rules(60, SelectPolicy.Max, pods(100, 15)), null);
		List<Integer> replicas = run(normalisation, 2, 7, (sync) -> (sync == 2) ? 5 : 9);
		assertThat(replicas).as("the 2 of the beginning until 60 s, then the 5 of 30 s until 90 s")
			.containsExactly(2, 2, 2, 2, 5, 5, 9);
	}

	@Test
	void letsTheLargestOrTheSmallestPolicyDecide() {
		Policy[] both = { pods(1, 15), percent(100, 15) };
		assertThat(run(behavior(rules(0, SelectPolicy.Max, both), null), 5, 2, (sync) -> 50)).containsExactly(10, 20);
		assertThat(run(behavior(rules(0, SelectPolicy.Min, both), null), 5, 2, (sync) -> 50)).containsExactly(6, 7);
		assertThat(run(behavior(rules(0, SelectPolicy.Disabled, both), null), 5, 2, (sync) -> 50)).containsExactly(5,
				5);
		Policy[] down = { pods(1, 15), percent(50, 15) };
		assertThat(run(behavior(null, rules(0, SelectPolicy.Max, down)), 20, 2, (sync) -> 1)).containsExactly(10, 5);
		assertThat(run(behavior(null, rules(0, SelectPolicy.Min, down)), 20, 2, (sync) -> 1)).containsExactly(19, 18);
		assertThat(run(behavior(null, rules(0, SelectPolicy.Disabled, down)), 20, 2, (sync) -> 1)).containsExactly(20,
				20);
	}

	@Test
	void roundsUpWhenScalingOutAndDownWhenScalingIn() {
		assertThat(run(behavior(rules(0, SelectPolicy.Max, percent(10, 15)), null), 5, 1, (sync) -> 50))
			.containsExactly(6);
		assertThat(run(behavior(null, rules(0, SelectPolicy.Max, percent(10, 15))), 5, 1, (sync) -> 1))
			.containsExactly(4);
	}

	@Test
	void countsTheChangesWithinThePeriod() {
		Normalisation normalisation = behavior(rules(0, SelectPolicy.Max, pods(4, 60)), null);
		assertThat(run(normalisation, 1, 9, (sync) -> 50)).as("four within 60 s; a change exactly as old is out")
			.containsExactly(5, 5, 5, 5, 9, 9, 9, 9, 13);
		Normalisation down = behavior(null, rules(0, SelectPolicy.Max, pods(2, 30)));
		assertThat(run(down, 10, 5, (sync) -> 1)).containsExactly(8, 8, 6, 6, 4);
	}

	@Test
	void offsetsRemovedPodsAgainstAddedOnes() {
		Normalisation normalisation = behavior(rules(0, SelectPolicy.Max, pods(4, 60)),
				rules(0, SelectPolicy.Max, percent(100, 15)));
		assertThat(run(normalisation, 1, 3, (sync) -> (sync == 1) ? 2 : 50))
			.as("up by four, down by three, and up to four above the beginning of the period again")
			.containsExactly(5, 2, 5);
	}

	@Test
	void remembersTheRecommendationNotTheResult() {
		Normalisation normalisation = behavior(rules(0, SelectPolicy.Max, pods(1, 15)),
				rules(60, SelectPolicy.Max, percent(100, 15)));
		List<Integer> replicas = run(normalisation, 1, 8, (sync) -> (sync < 2) ? 9 : 1);
		assertThat(replicas).as("the recommended 9 was never reached, but prevents scaling in")
			.containsExactly(2, 3, 3, 3, 3, 1, 1, 1);
	}

	@Test
	void staysWithinTheBounds() {
		Normalisation normalisation = behavior(null, rules(0, SelectPolicy.Max, percent(100, 15)));
		assertThat(normalisation.normalise(START, 5, 50, new Bounds(3, 8))).isEqualTo(8);
		assertThat(normalisation.normalise(START.plusSeconds(15), 8, 0, new Bounds(3, 8))).isEqualTo(3);
		assertThat(Normalisation.of(null).normalise(START, 5, 50, new Bounds(3, 8))).isEqualTo(8);
		assertThat(Normalisation.of(null).normalise(START, 5, 0, new Bounds(3, 8))).isEqualTo(3);
	}

}
