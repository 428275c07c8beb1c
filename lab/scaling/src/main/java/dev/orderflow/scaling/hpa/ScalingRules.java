package dev.orderflow.scaling.hpa;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.orderflow.scaling.manifest.Behavior.Policy;
import dev.orderflow.scaling.manifest.Behavior.PolicyType;
import dev.orderflow.scaling.manifest.Behavior.Rules;
import dev.orderflow.scaling.manifest.Behavior.SelectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one direction, with what the API server fills in: Kubernetes v1.36.2,
 * {@code pkg/apis/autoscaling/v2/defaults.go} {@code GenerateHPAScaleUpRules} and
 * {@code GenerateHPAScaleDownRules}.
 *
 * @param window the stabilisation window, in which the more conservative recommendation
 * wins
 * @param select which policy counts
 * @param policies limits on the change
 * @param tolerance the accepted deviation from the target, as a fraction
 */
record ScalingRules(Duration window, SelectPolicy select, List<Policy> policies, double tolerance) {

	private static final double TOLERANCE = 0.1;

	private static final ScalingRules UP = new ScalingRules(Duration.ZERO, SelectPolicy.Max,
			List.of(new Policy(PolicyType.Pods, 4, 15), new Policy(PolicyType.Percent, 100, 15)), TOLERANCE);

	private static final ScalingRules DOWN = new ScalingRules(Normalisation.DOWNSCALE_WINDOW, SelectPolicy.Max,
			List.of(new Policy(PolicyType.Percent, 100, 15)), TOLERANCE);

	static ScalingRules up(@Nullable Rules given) {
		return UP.with(given);
	}

	static ScalingRules down(@Nullable Rules given) {
		return DOWN.with(given);
	}

	private ScalingRules with(@Nullable Rules given) {
		if (given == null) {
			return this;
		}
		Integer seconds = given.stabilizationWindowSeconds();
		return new ScalingRules((seconds != null) ? Duration.ofSeconds(seconds) : this.window,
				Objects.requireNonNullElse(given.selectPolicy(), this.select),
				Objects.requireNonNullElse(given.policies(), this.policies),
				(given.tolerance() != null) ? given.tolerance().doubleValue() : this.tolerance);
	}

	Duration longestPeriod() {
		return Duration.ofSeconds(this.policies.stream().mapToInt(Policy::periodSeconds).max().orElseThrow());
	}

}
