package dev.orderflow.scaling.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;

/**
 * The autoscaler that KEDA makes of a ScaledObject: Kubernetes v1.36.2,
 * {@code pkg/controller/podautoscaler/horizontal.go} {@code reconcileAutoscaler}.
 */
public final class HorizontalPodAutoscaler {

	/** {@code --horizontal-pod-autoscaler-sync-period}. */
	public static final Duration SYNC_PERIOD = Duration.ofSeconds(15);

	private final Normalisation.Bounds bounds;

	private final Normalisation normalisation;

	private final ReplicaCalculator calculator;

	/** Of a ScaledObject. */
	public HorizontalPodAutoscaler(ScaledObjectSpec spec) {
		this.bounds = new Normalisation.Bounds(spec.hpaMinReplicas(), spec.maxReplicaCount());
		this.normalisation = Normalisation.of(spec.advanced().behavior());
		this.calculator = new ReplicaCalculator(this.normalisation.tolerance());
	}

	/**
	 * One sync.
	 * @param metrics evaluated only when needed, because each evaluation counts as a
	 * request to KEDA
	 */
	public Decision sync(Instant now, ReplicaCounts replicas, Supplier<List<ExternalMetric>> metrics) {
		this.normalisation.begin(now, replicas.wanted());
		if (replicas.wanted() == 0) {
			return new Decision(OptionalInt.empty(), 0);
		}
		int clamped = this.bounds.clamp(replicas.wanted());
		if (clamped != replicas.wanted()) {
			return decide(now, replicas, OptionalInt.empty(), clamped);
		}
		OptionalInt proposal = this.calculator.proposal(metrics.get(), replicas);
		if (proposal.isEmpty()) {
			return new Decision(proposal, replicas.wanted());
		}
		return decide(now, replicas, proposal,
				this.normalisation.normalise(now, replicas.wanted(), proposal.getAsInt(), this.bounds));
	}

	/** Tolerance above the target, as a fraction: 0.1 is 10 %. */
	public double toleranceUp() {
		return this.normalisation.tolerance().up();
	}

	private Decision decide(Instant now, ReplicaCounts replicas, OptionalInt proposal, int next) {
		if (next != replicas.wanted()) {
			this.normalisation.scaled(now, replicas.wanted(), next);
		}
		return new Decision(proposal, next);
	}

	/**
	 * The result of a sync.
	 *
	 * @param proposal what the metrics ask for; empty where nothing was computed
	 * @param replicas the new number of replicas
	 */
	public record Decision(OptionalInt proposal, int replicas) {

	}

}
