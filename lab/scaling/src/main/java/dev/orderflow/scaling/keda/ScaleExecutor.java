package dev.orderflow.scaling.keda;

import java.time.Instant;

import dev.orderflow.scaling.manifest.Fallback;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import org.jspecify.annotations.Nullable;

/**
 * Scaling from 0 to 1 and back to 0: KEDA v2.20.2,
 * {@code pkg/scaling/executor/scale_scaledobjects.go} {@code RequestScale} and
 * {@code scaleToZeroOrIdle}. Annotations that pause or force scaling are not modelled.
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
	 * The new number of replicas, given whether any trigger is active and whether any
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
		// If another trigger failed, the time of the last activity is not updated.
		if (!failed) {
			this.lastActive = now;
		}
		return replicas;
	}

	private int whileInactive(Instant now, int replicas, boolean failed) {
		Fallback fallback = this.spec.fallback();
		// A fallback of 0 replicas does not prevent scaling to zero.
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
