package dev.orderflow.scaling.manifest;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a ScaledObject, with KEDA's defaults filled in.
 *
 * @param scaleTargetRef what is scaled
 * @param pollingInterval how often KEDA polls; affects only scaling from 0 to 1 and from
 * N to 0
 * @param initialCooldownPeriod how long a new ScaledObject is protected from scaling to
 * zero
 * @param cooldownPeriod time from the last activity to scaling to zero
 * @param idleReplicaCount replicas without activity; absent if minReplicaCount applies
 * @param minReplicaCount fewest replicas; 0 allows scaling to zero
 * @param maxReplicaCount most replicas
 * @param advanced settings of the autoscaler
 * @param triggers the triggers, at least one
 * @param fallback what to do while a metric cannot be measured; absent for nothing
 */
public record ScaledObjectSpec(ScaleTarget scaleTargetRef, Duration pollingInterval, Duration initialCooldownPeriod,
		Duration cooldownPeriod, @Nullable Integer idleReplicaCount, int minReplicaCount, int maxReplicaCount,
		Advanced advanced, List<Trigger> triggers, @Nullable Fallback fallback) {

	/** {@code defaultHPAMaxReplicas}. */
	static final int MAX_REPLICA_COUNT = 100;

	private static final Duration POLLING_INTERVAL = Duration.ofSeconds(30);

	private static final Duration COOLDOWN_PERIOD = Duration.ofSeconds(300);

	public ScaledObjectSpec {
		triggers = List.copyOf(triggers);
		Require.atLeast(0, minReplicaCount, "minReplicaCount");
		Require.atLeast(1, maxReplicaCount, "maxReplicaCount");
		Require.that(minReplicaCount <= maxReplicaCount,
				"expected minReplicaCount of at most maxReplicaCount, found %d and %d", minReplicaCount,
				maxReplicaCount);
		Require.that(idleReplicaCount == null || idleReplicaCount < minReplicaCount,
				"expected idleReplicaCount below minReplicaCount, found %s and %d", idleReplicaCount, minReplicaCount);
		Require.that(!triggers.isEmpty(), "expected at least one of triggers, found none");
		List<String> names = triggers.stream().map(Trigger::name).filter((name) -> !name.isEmpty()).toList();
		Require.that(names.size() == names.stream().distinct().count(), "expected unique names of triggers, found %s",
				names);
	}

	@JsonCreator
	static ScaledObjectSpec of(@Nullable ScaleTarget scaleTargetRef, @Nullable Integer pollingInterval,
			@Nullable Integer initialCooldownPeriod, @Nullable Integer cooldownPeriod,
			@Nullable Integer idleReplicaCount, @Nullable Integer minReplicaCount, @Nullable Integer maxReplicaCount,
			@Nullable Advanced advanced, @Nullable List<Trigger> triggers, @Nullable Fallback fallback) {
		return new ScaledObjectSpec(Require.present(scaleTargetRef, "scaleTargetRef"),
				seconds(pollingInterval, POLLING_INTERVAL, 1, "pollingInterval"),
				seconds(initialCooldownPeriod, Duration.ZERO, 0, "initialCooldownPeriod"),
				seconds(cooldownPeriod, COOLDOWN_PERIOD, 0, "cooldownPeriod"), idleReplicaCount,
				(minReplicaCount != null) ? minReplicaCount : 0,
				(maxReplicaCount != null) ? maxReplicaCount : MAX_REPLICA_COUNT,
				(advanced != null) ? advanced : Advanced.NONE, Require.present(triggers, "triggers"), fallback);
	}

	private static Duration seconds(@Nullable Integer given, Duration otherwise, int minimum, String field) {
		return (given != null) ? Duration.ofSeconds(Require.atLeast(minimum, given, field)) : otherwise;
	}

	/** The autoscaler's minReplicas; the autoscaler itself cannot scale to zero. */
	public int hpaMinReplicas() {
		return Math.max(1, this.minReplicaCount);
	}

}
