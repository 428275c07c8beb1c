package dev.orderflow.scaling.manifest;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What a ScaledObject says, with KEDA's defaults filled in.
 *
 * @param scaleTargetRef what is scaled
 * @param pollingInterval how often KEDA looks; decides over 0 to 1 and N to 0 only
 * @param initialCooldownPeriod how long a new ScaledObject is not scaled to zero
 * @param cooldownPeriod how long after the last activity it is scaled to zero
 * @param idleReplicaCount replicas without activity; absent where minReplicaCount counts
 * @param minReplicaCount fewest replicas; 0 where there is work only now and then
 * @param maxReplicaCount most replicas
 * @param advanced how fast the autoscaler may go
 * @param triggers what is measured, one at least
 * @param fallback what to do while nothing can be measured; absent where nothing is to be
 * done
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
				"expected minReplicaCount within maxReplicaCount, found %d and %d", minReplicaCount, maxReplicaCount);
		Require.that(idleReplicaCount == null || idleReplicaCount < minReplicaCount,
				"expected idleReplicaCount below minReplicaCount, found %s and %d", idleReplicaCount, minReplicaCount);
		Require.that(!triggers.isEmpty(), "expected one of triggers at least, found none");
		List<String> names = triggers.stream().map(Trigger::name).filter((name) -> !name.isEmpty()).toList();
		Require.that(names.size() == names.stream().distinct().count(),
				"expected triggers with names of their own, found %s", names);
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

	/** The fewest replicas of the autoscaler, which cannot go to zero. */
	public int hpaMinReplicas() {
		return Math.max(1, this.minReplicaCount);
	}

}
