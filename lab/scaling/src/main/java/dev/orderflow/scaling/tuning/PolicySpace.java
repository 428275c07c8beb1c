package dev.orderflow.scaling.tuning;

import java.util.List;
import java.util.random.RandomGenerator;

import dev.orderflow.scaling.simulation.Replica;

/** The values that a search tries, as choices for each of a policy's values. */
final class PolicySpace {

	private static final List<Integer> WORK_SECONDS = List.of(1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30);

	private static final List<List<Integer>> CHOICES = List.of(WORK_SECONDS, List.of(1, 2, 4, 8, 11),
			List.of(60, 120, 300, 600, 900, 1200, 1800, 3600), List.of(1, 2, 4, 12), List.of(120, 300, 600, 900, 1800),
			List.of(0, 1, 2));

	private final RandomGenerator random;

	private final int perSecond;

	private final int replicasMax;

	PolicySpace(RandomGenerator random, Replica replica, int replicasMax) {
		this.random = random;
		this.perSecond = replica.perSecond();
		this.replicasMax = replicasMax;
	}

	/** Any policy. */
	Policy any() {
		int[] values = CHOICES.stream()
			.mapToInt((choices) -> choices.get(this.random.nextInt(choices.size())))
			.toArray();
		return policy(values);
	}

	/** A policy that differs in one value. */
	Policy near(Policy policy) {
		int[] values = { Math.toIntExact(policy.lagThreshold() / this.perSecond), policy.scaleUpPods(),
				policy.windowSeconds(), policy.scaleDownPods(), policy.cooldownSeconds(), policy.replicasMin() };
		int changed = this.random.nextInt(values.length);
		List<Integer> choices = CHOICES.get(changed);
		values[changed] = choices.get(this.random.nextInt(choices.size()));
		return policy(values);
	}

	private Policy policy(int[] values) {
		return new Policy((long) values[0] * this.perSecond, values[1], values[2], values[3], values[4],
				Math.min(values[5], this.replicasMax));
	}

}
