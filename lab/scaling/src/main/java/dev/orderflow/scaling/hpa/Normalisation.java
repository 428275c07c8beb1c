package dev.orderflow.scaling.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orderflow.scaling.manifest.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * How fast the autoscaler goes where the metrics want it. Kubernetes has two ways: its
 * own rules where a behaviour is absent, and the rules of a behaviour where one is given,
 * be it empty. Both keep their history in memory; a restart of the controller forgets it.
 */
sealed interface Normalisation permits DefaultNormalisation, BehaviorNormalisation {

	/** {@code --horizontal-pod-autoscaler-downscale-stabilization}. */
	Duration DOWNSCALE_WINDOW = Duration.ofMinutes(5);

	static Normalisation of(@Nullable Behavior behavior) {
		return (behavior != null) ? new BehaviorNormalisation(behavior) : new DefaultNormalisation();
	}

	/** Notes how many replicas there were when the autoscaler first saw them. */
	void begin(Instant now, int current);

	/**
	 * How many replicas there are to be, of {@code current}, if {@code desired} are asked
	 * for.
	 */
	int normalise(Instant now, int current, int desired, Bounds bounds);

	/** Notes that the number of replicas was changed. */
	void scaled(Instant now, int from, int to);

	/** How far off the target is near enough. */
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
	 * Something noted: a recommendation, or a change of the replicas.
	 *
	 * @param at when
	 * @param replicas how many
	 */
	record Noted(Instant at, int replicas) {

		/** Those younger than the window; one exactly as old as it is out. */
		static List<Noted> within(List<Noted> all, Instant now, Duration window) {
			return all.stream().filter((noted) -> noted.at().isAfter(now.minus(window))).toList();
		}

	}

}
