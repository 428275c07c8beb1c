package dev.orderflow.scaling.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.orderflow.scaling.manifest.Behavior;
import dev.orderflow.scaling.manifest.Behavior.Policy;

/**
 * With a behaviour: {@code normalizeDesiredReplicasWithBehaviors},
 * {@code stabilizeRecommendationWithBehaviors} and
 * {@code convertDesiredReplicasWithBehaviorRate} of Kubernetes v1.36.2,
 * {@code horizontal.go}.
 */
final class BehaviorNormalisation implements Normalisation {

	private final ScalingRules up;

	private final ScalingRules down;

	private final List<Noted> recommendations = new ArrayList<>();

	private final List<Noted> added = new ArrayList<>();

	private final List<Noted> deleted = new ArrayList<>();

	BehaviorNormalisation(Behavior behavior) {
		this.up = ScalingRules.up(behavior.scaleUp());
		this.down = ScalingRules.down(behavior.scaleDown());
	}

	@Override
	public void begin(Instant now, int current) {
		if (this.recommendations.isEmpty()) {
			this.recommendations.add(new Noted(now, current));
		}
	}

	@Override
	public int normalise(Instant now, int current, int desired, Bounds bounds) {
		int stabilised = stabilise(now, current, desired);
		if (stabilised > current) {
			return Math.min(stabilised, Math.min(bounds.max(), Math.max(current, upLimit(now, current))));
		}
		if (stabilised < current) {
			return Math.max(stabilised, Math.max(bounds.min(), Math.min(current, downLimit(now, current))));
		}
		return current;
	}

	private int stabilise(Instant now, int current, int desired) {
		int least = recent(now, this.up.window()).reduce(desired, Math::min);
		int most = recent(now, this.down.window()).reduce(desired, Math::max);
		// The history holds the desired count, not the stabilised one.
		this.recommendations.removeIf((noted) -> noted.at().isBefore(now.minus(longestWindow())));
		this.recommendations.add(new Noted(now, desired));
		return Math.min(Math.max(current, least), most);
	}

	private IntStream recent(Instant now, Duration window) {
		return Noted.within(this.recommendations, now, window).stream().mapToInt(Noted::replicas);
	}

	private Duration longestWindow() {
		return (this.up.window().compareTo(this.down.window()) > 0) ? this.up.window() : this.down.window();
	}

	private int upLimit(Instant now, int current) {
		IntStream limits = this.up.policies().stream().mapToInt((policy) -> {
			int start = periodStart(now, current, policy);
			return switch (policy.type()) {
				case Pods -> start + policy.value();
				case Percent -> (int) Math.ceil(start * (1 + policy.value() / 100.0));
			};
		});
		return switch (this.up.select()) {
			case Max -> limits.max().orElseThrow();
			case Min -> limits.min().orElseThrow();
			case Disabled -> current;
		};
	}

	private int downLimit(Instant now, int current) {
		IntStream limits = this.down.policies().stream().mapToInt((policy) -> {
			int start = periodStart(now, current, policy);
			return switch (policy.type()) {
				case Pods -> start - policy.value();
				case Percent -> (int) (start * (1 - policy.value() / 100.0));
			};
		});
		// The largest change leaves the fewest replicas.
		return switch (this.down.select()) {
			case Max -> limits.min().orElseThrow();
			case Min -> limits.max().orElseThrow();
			case Disabled -> current;
		};
	}

	private int periodStart(Instant now, int current, Policy policy) {
		Duration period = Duration.ofSeconds(policy.periodSeconds());
		return current - sum(Noted.within(this.added, now, period)) + sum(Noted.within(this.deleted, now, period));
	}

	private static int sum(List<Noted> changes) {
		return changes.stream().mapToInt(Noted::replicas).sum();
	}

	@Override
	public void scaled(Instant now, int from, int to) {
		List<Noted> changes = (to > from) ? this.added : this.deleted;
		Duration longest = (to > from) ? this.up.longestPeriod() : this.down.longestPeriod();
		// As in the source: an outdated event is overwritten. Others stay, because they
		// may still count for the other direction, whose periods may be longer.
		int outdated = -1;
		for (int i = 0; i < changes.size(); i++) {
			if (changes.get(i).at().isBefore(now.minus(longest))) {
				outdated = i;
			}
		}
		if (outdated >= 0) {
			changes.remove(outdated);
		}
		changes.add(new Noted(now, Math.abs(to - from)));
	}

	@Override
	public Tolerance tolerance() {
		return new Tolerance(this.down.tolerance(), this.up.tolerance());
	}

}
