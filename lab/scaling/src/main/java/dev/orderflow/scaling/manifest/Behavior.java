package dev.orderflow.scaling.manifest;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How fast an autoscaler may scale, as given; the API server fills in what is absent.
 * Limits are from Kubernetes v1.36.2, {@code pkg/apis/autoscaling/validation}.
 *
 * @param scaleUp rules for more replicas; absent for the default ones
 * @param scaleDown rules for fewer replicas; absent for the default ones
 */
public record Behavior(@Nullable Rules scaleUp, @Nullable Rules scaleDown) {

	private static final int WINDOW_SECONDS_MAX = 3600;

	private static final int PERIOD_SECONDS_MAX = 1800;

	/**
	 * Which of several policies applies: the largest change, the smallest, or no change.
	 */
	public enum SelectPolicy {

		Max, Min, Disabled

	}

	/** The unit of a policy's value. */
	public enum PolicyType {

		Pods, Percent

	}

	/**
	 * Rules for one direction.
	 *
	 * @param stabilizationWindowSeconds how long the more conservative recommendation
	 * wins; absent for the default
	 * @param selectPolicy which policy applies; absent for the default
	 * @param policies limits on the change; absent for the default ones
	 * @param tolerance the accepted deviation from the target, 0.1 for 10 %; absent for
	 * the default
	 */
	public record Rules(@Nullable Integer stabilizationWindowSeconds, @Nullable SelectPolicy selectPolicy,
			@Nullable List<Policy> policies, @Nullable BigDecimal tolerance) {

		public Rules {
			if (stabilizationWindowSeconds != null) {
				Require.between(0, WINDOW_SECONDS_MAX, stabilizationWindowSeconds, "stabilizationWindowSeconds");
			}
			Require.that(policies == null || !policies.isEmpty(), "expected at least one of policies, found none");
			Require.that(tolerance == null || tolerance.signum() >= 0, "expected a tolerance of 0 or more, found %s",
					tolerance);
			policies = (policies != null) ? List.copyOf(policies) : null;
		}

	}

	/**
	 * A limit on the change within a period.
	 *
	 * @param type the unit of the value
	 * @param value the largest change
	 * @param periodSeconds length of the period, in seconds
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
