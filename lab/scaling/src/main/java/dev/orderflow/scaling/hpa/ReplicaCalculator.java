package dev.orderflow.scaling.hpa;

import java.util.List;
import java.util.OptionalInt;

import dev.orderflow.scaling.keda.ReplicaCounts;

/**
 * How many replicas metrics ask for: Kubernetes v1.36.2,
 * {@code pkg/controller/podautoscaler/replica_calculator.go}
 * {@code GetExternalPerPodMetricReplicas}, {@code GetExternalMetricReplicas}, and
 * {@code horizontal.go} {@code computeReplicasForMetrics}. Pod readiness does not dampen
 * scaling here.
 */
final class ReplicaCalculator {

	private final Tolerance tolerance;

	ReplicaCalculator(Tolerance tolerance) {
		this.tolerance = tolerance;
	}

	/**
	 * The highest replica count that a metric asks for. Empty if no metric is available,
	 * or if one is missing and the others ask for fewer replicas than there are.
	 */
	OptionalInt proposal(List<ExternalMetric> metrics, ReplicaCounts replicas) {
		List<ExternalMetric> known = metrics.stream().filter((metric) -> metric.usageMilli().isPresent()).toList();
		OptionalInt most = known.stream().mapToInt((metric) -> proposal(metric, replicas)).max();
		boolean incomplete = known.size() < metrics.size();
		return (most.isPresent() && incomplete && most.getAsInt() < replicas.wanted()) ? OptionalInt.empty() : most;
	}

	int proposal(ExternalMetric metric, ReplicaCounts replicas) {
		double usage = metric.usageMilli().orElseThrow();
		double target = metric.targetMilli();
		return switch (metric.type()) {
			case AverageValue -> this.tolerance.holds(usage / (target * replicas.created())) ? replicas.created()
					: (int) Math.ceil(usage / target);
			case Value -> ofAll(usage / target, replicas);
		};
	}

	private int ofAll(double ratio, ReplicaCounts replicas) {
		if (replicas.wanted() == 0) {
			return (int) Math.ceil(ratio);
		}
		return this.tolerance.holds(ratio) ? replicas.wanted() : (int) Math.ceil(ratio * replicas.ready());
	}

}
