package dev.orderflow.scaling.keda;

import java.time.Instant;

import dev.orderflow.scaling.manifest.Fallback;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import org.jspecify.annotations.Nullable;

/**
 * The step between 0 and 1 and back, KEDA v2.20.2,
 * {@code pkg/scaling/executor/scale_scaledobjects.go} {@code RequestScale} and
 * {@code scaleToZeroOrIdle}. Annotations that pause or force it are left out.
 */
final class ScaleExecutor {

	private final ScaledObjectSpec spec;

	private final Instant created;

	private @Nullable Instant lastActive;

	ScaleExecutor(ScaledObjectSpec spec, Instant created) {
		this.spec = spec;
		this.created = created;
	}

	/**
	 * How many replicas there are to be, given whether a trigger is active and one
	 * failed.
	 */
	int requestScale(Instant now, int replicas, boolean active, boolean failed) {
		return active ? whileActive(now, replicas, failed) : whileInactive(now, replicas, failed);
	}

	private int whileActive(Instant now, int replicas, boolean failed) {
		boolean idle = this.spec.idleReplicaCount() != null && replicas < this.spec.minReplicaCount();
		if (idle || replicas == 0) {
			this.lastActive = now;
			return this.spec.hpaMinReplicas();
		}
		// With a failed trigger beside the active one the time is not noted.
		if (!failed) {
			this.lastActive = now;
		}
		return replicas;
	}

	private int whileInactive(Instant now, int replicas, boolean failed) {
		Fallback fallback = this.spec.fallback();
		// A fallback of 0 replicas is no reason to wait: this goes on to zero.
		if (failed && (fallback == null || fallback.replicas() != 0)) {
			return replicas;
		}
		Integer idle = this.spec.idleReplicaCount();
		if ((idle != null) ? replicas > idle : replicas > 0 && this.spec.minReplicaCount() == 0) {
			return cooledDown(now) ? ((idle != null) ? idle : 0) : replicas;
		}
		return (idle == null && replicas < this.spec.minReplicaCount()) ? this.spec.minReplicaCount() : replicas;
	}

	private boolean cooledDown(Instant now) {
		Instant end = (this.lastActive != null) ? this.lastActive.plus(this.spec.cooldownPeriod())
				: this.created.plus(this.spec.initialCooldownPeriod());
		return end.isBefore(now);
	}

}
