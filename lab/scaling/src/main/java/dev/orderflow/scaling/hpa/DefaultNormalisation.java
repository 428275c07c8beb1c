package dev.orderflow.scaling.hpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Without a behaviour: {@code normalizeDesiredReplicas}, {@code stabilizeRecommendation}
 * and {@code convertDesiredReplicasWithRules} of Kubernetes v1.36.2,
 * {@code horizontal.go}. The source keeps a recommendation that is exactly as old as the
 * window; this class drops it. In a cluster that age never occurs, because syncs are 15 s
 * plus some work apart.
 */
final class DefaultNormalisation implements Normalisation {

	private static final double TOLERANCE = 0.1;

	private static final int UP_FACTOR = 2;

	private static final int UP_LEAST = 4;

	private final List<Noted> recommendations = new ArrayList<>();

	@Override
	public void begin(Instant now, int current) {
		if (this.recommendations.isEmpty()) {
			this.recommendations.add(new Noted(now, current));
		}
	}

	@Override
	public int normalise(Instant now, int current, int desired, Bounds bounds) {
		List<Noted> recent = Noted.within(this.recommendations, now, DOWNSCALE_WINDOW);
		int stabilised = recent.stream().mapToInt(Noted::replicas).reduce(desired, Math::max);
		this.recommendations.clear();
		this.recommendations.addAll(recent);
		this.recommendations.add(new Noted(now, desired));
		int upLimit = Math.max(UP_FACTOR * current, UP_LEAST);
		return Math.clamp(stabilised, bounds.min(), Math.max(bounds.min(), Math.min(bounds.max(), upLimit)));
	}

	@Override
	public void scaled(Instant now, int from, int to) {
		// Without policies, past changes do not matter.
	}

	@Override
	public Tolerance tolerance() {
		return new Tolerance(TOLERANCE, TOLERANCE);
	}

}
