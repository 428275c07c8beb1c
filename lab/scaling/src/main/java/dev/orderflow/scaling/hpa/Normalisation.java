package dev.orderflow.scaling.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orderflow.scaling.manifest.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * How fast the autoscaler approaches the replica count that the metrics ask for.
 * Kubernetes applies its built-in rules if a behaviour is absent, and the rules of the
 * behaviour, even an empty one, if it is given. Both keep their history in memory; a
 * restart of the controller forgets it.
 */
sealed interface Normalisation permits DefaultNormalisation, BehaviorNormalisation {

	/** {@code --horizontal-pod-autoscaler-downscale-stabilization}. */
	Duration DOWNSCALE_WINDOW = Duration.ofMinutes(5);

	static Normalisation of(@Nullable Behavior behavior) {
		return (behavior != null) ? new BehaviorNormalisation(behavior) : new DefaultNormalisation();
	}

	/** Records the replica count that the autoscaler found at its first sync. */
	void begin(Instant now, int current);

	/**
	 * The next number of replicas, given {@code current} replicas and a request for
	 * {@code desired}.
	 */
	int normalise(Instant now, int current, int desired, Bounds bounds);

	/** Records a change of the number of replicas. */
	void scaled(Instant now, int from, int to);

	/** The accepted deviation from the target. */
	Tolerance tolerance();

	/**
	 * Fewest and most replicas.
	 *
	 * @param min fewest
	 * @param max most
	 */
	record Bounds(int min, int max) {

		int clamp(int replicas) {
			return Math.clamp(replicas, this.min, this.max);
		}

	}

	/**
	 * A history entry: a recommendation, or a change of the number of replicas.
	 *
	 * @param at when
	 * @param replicas how many
	 */
	record Noted(Instant at, int replicas) {

		/** The entries younger than the window; an entry exactly as old is dropped. */
		static List<Noted> within(List<Noted> all, Instant now, Duration window) {
			return all.stream().filter((noted) -> noted.at().isAfter(now.minus(window))).toList();
		}

	}

}
