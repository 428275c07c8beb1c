package dev.orderflow.scaling.keda;

import java.util.Arrays;

import dev.orderflow.scaling.manifest.Fallback;
import dev.orderflow.scaling.manifest.Trigger;
import dev.orderflow.scaling.manifest.Trigger.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive failures of each metric, and its substitute after too many: KEDA v2.20.2,
 * {@code pkg/fallback/fallback.go} {@code GetMetricsWithFallback} and {@code doFallback}.
 * KEDA's polls and the autoscaler's requests share one counter. Without a fallback
 * nothing is counted.
 */
final class FailureCounts {

	private final @Nullable Fallback fallback;

	private final int[] failures;

	FailureCounts(@Nullable Fallback fallback, int metrics) {
		this.fallback = fallback;
		this.failures = new int[metrics];
	}

	MetricAnswer succeeded(int index, Reading reading) {
		this.failures[index] = 0;
		return new MetricAnswer.Measured(reading);
	}

	MetricAnswer failed(int index, Trigger trigger, ReplicaCounts replicas) {
		if (this.fallback == null || ++this.failures[index] <= this.fallback.failureThreshold()) {
			return new MetricAnswer.Failed();
		}
		double wanted = this.fallback.behavior().replicas(this.fallback.replicas(), replicas.wanted());
		if (trigger.metricType() == MetricType.Value) {
			if (replicas.ready() == 0) {
				return new MetricAnswer.Failed();
			}
			wanted /= replicas.ready();
		}
		return new MetricAnswer.Substitute((long) (trigger.source().target() * 1000 * wanted));
	}

	@Override
	public String toString() {
		return Arrays.toString(this.failures);
	}

}
