package dev.orderflow.scaling.keda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.orderflow.scaling.manifest.ScaledObjectSpec;

/**
 * The poll of a ScaledObject, KEDA v2.20.2, {@code pkg/scaling/scale_handler.go}
 * {@code startScaleLoop} and {@code checkScalers}. The caller keeps the polling interval.
 */
public final class ScaleLoop {

	private final KedaMetrics metrics;

	private final ScaleExecutor executor;

	/**
	 * A loop.
	 * @param created when the ScaledObject was created
	 */
	public ScaleLoop(ScaledObjectSpec spec, KedaMetrics metrics, Instant created) {
		this.metrics = metrics;
		this.executor = new ScaleExecutor(spec, created);
	}

	/** Polls once and returns the new number of replicas. */
	public int poll(Instant now, ReplicaCounts replicas) {
		Optional<List<MetricAnswer>> answers = this.metrics.poll(replicas);
		if (answers.isEmpty()) {
			return replicas.wanted();
		}
		boolean active = answers.get().stream().anyMatch(MetricAnswer::isActive);
		boolean failed = answers.get().stream().anyMatch(MetricAnswer.Failed.class::isInstance);
		return this.executor.requestScale(now, replicas.wanted(), active, failed);
	}

}
