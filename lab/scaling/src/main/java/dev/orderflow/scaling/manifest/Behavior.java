package dev.orderflow.scaling.manifest;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How fast an autoscaler may go, as given; what is absent the API server fills in. Bounds
 * from Kubernetes v1.36.2, {@code pkg/apis/autoscaling/validation}.
 *
 * @param scaleUp rules for more replicas; absent for the default ones
 * @param scaleDown rules for fewer replicas; absent for the default ones
 */
public record Behavior(@Nullable Rules scaleUp, @Nullable Rules scaleDown) {

	private static final int WINDOW_SECONDS_MAX = 3600;

	private static final int PERIOD_SECONDS_MAX = 1800;

	/**
	 * Which of several policies counts: the largest change, the smallest, or none at all.
	 */
	public enum SelectPolicy {

		Max, Min, Disabled

	}

	/** What a policy's value counts. */
	public enum PolicyType {

		Pods, Percent

	}

	/**
	 * Rules for one direction.
	 *
	 * @param stabilizationWindowSeconds how long the more careful recommendation counts;
	 * absent for the default
	 * @param selectPolicy which policy counts; absent for the default
	 * @param policies bounds of the change; absent for the default ones
	 * @param tolerance how far off the target is near enough, 0.1 for a tenth; absent for
	 * the default
	 */
	public record Rules(@Nullable Integer stabilizationWindowSeconds, @Nullable SelectPolicy selectPolicy,
			@Nullable List<Policy> policies, @Nullable BigDecimal tolerance) {

		public Rules {
			if (stabilizationWindowSeconds != null) {
				Require.between(0, WINDOW_SECONDS_MAX, stabilizationWindowSeconds, "stabilizationWindowSeconds");
			}
			Require.that(policies == null || !policies.isEmpty(), "expected one of policies at least, found none");
			Require.that(tolerance == null || tolerance.signum() >= 0, "expected a tolerance of 0 or more, found %s",
					tolerance);
			policies = (policies != null) ? List.copyOf(policies) : null;
		}

	}

	/**
	 * A bound of the change within a period.
	 *
	 * @param type what is counted
	 * @param value so many
	 * @param periodSeconds within so many seconds
	 */
	public record Policy(PolicyType type, int value, int periodSeconds) {

		@JsonCreator
		static Policy of(@Nullable PolicyType type, @Nullable Integer value, @Nullable Integer periodSeconds) {
			return new Policy(Require.present(type, "type"),
					Require.atLeast(1, Require.present(value, "value"), "value"), Require.between(1, PERIOD_SECONDS_MAX,
							Require.present(periodSeconds, "periodSeconds"), "periodSeconds"));
		}

	}

}
