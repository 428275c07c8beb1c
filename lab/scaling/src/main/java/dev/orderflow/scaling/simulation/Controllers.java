package dev.orderflow.scaling.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import dev.orderflow.scaling.hpa.ExternalMetric;
import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler;
import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.keda.KedaMetrics;
import dev.orderflow.scaling.keda.MetricAnswer;
import dev.orderflow.scaling.keda.Milli;
import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.keda.ScaleLoop;
import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.manifest.Trigger;

/**
 * KEDA and the autoscaler of one ScaledObject, which share KEDA's metrics. The caller
 * drives their clocks.
 */
public final class Controllers {

	private final ScaledObjectSpec spec;

	private final KedaMetrics metrics;

	private final ScaleLoop loop;

	private final HorizontalPodAutoscaler autoscaler;

	private double metric;

	/**
	 * Controllers without any history.
	 * @param scalers one scaler factory for each trigger
	 * @param created when the ScaledObject was created
	 */
	public Controllers(ScaledObjectSpec spec, List<Scaler.Factory> scalers, Instant created) {
		this.spec = spec;
		this.metrics = new KedaMetrics(spec, scalers);
		this.loop = new ScaleLoop(spec, this.metrics, created);
		this.autoscaler = new HorizontalPodAutoscaler(spec);
	}

	/** Runs KEDA's poll and returns the new number of replicas. */
	public int poll(Instant now, ReplicaCounts replicas) {
		return this.loop.poll(now, replicas);
	}

	/** Runs the autoscaler's sync. */
	public Decision sync(Instant now, ReplicaCounts replicas) {
		return this.autoscaler.sync(now, replicas, () -> answers(replicas));
	}

	/**
	 * The last metric that the autoscaler got, of the trigger that asked for most
	 * replicas.
	 */
	double metric() {
		return this.metric;
	}

	private List<ExternalMetric> answers(ReplicaCounts replicas) {
		List<ExternalMetric> answers = new ArrayList<>();
		this.metric = 0;
		for (int i = 0; i < this.spec.triggers().size(); i++) {
			Trigger trigger = this.spec.triggers().get(i);
			OptionalLong milli = switch (this.metrics.request(i, replicas)) {
				case MetricAnswer.Measured measured -> OptionalLong.of(measured.reading().milli());
				case MetricAnswer.Substitute substitute -> OptionalLong.of(substitute.milli());
				case MetricAnswer.Failed failed -> OptionalLong.empty();
			};
			this.metric = Math.max(this.metric, milli.orElse(0) / 1000.0);
			answers.add(new ExternalMetric(trigger.metricType(), Milli.of(trigger.source().target()), milli));
		}
		return answers;
	}

}
