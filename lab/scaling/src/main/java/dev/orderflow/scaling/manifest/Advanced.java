package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How the autoscaler goes about it.
 *
 * @param restoreToOriginalReplicaCount whether the count from before KEDA comes back when
 * the ScaledObject is deleted
 * @param horizontalPodAutoscalerConfig name and behaviour of the autoscaler; absent for
 * Kubernetes' own
 */
public record Advanced(boolean restoreToOriginalReplicaCount, @Nullable HpaConfig horizontalPodAutoscalerConfig) {

	static final Advanced NONE = new Advanced(false, null);

	@JsonCreator
	static Advanced of(@Nullable Boolean restoreToOriginalReplicaCount,
			@Nullable HpaConfig horizontalPodAutoscalerConfig, @Nullable Object scalingModifiers) {
		Require.that(scalingModifiers == null, "expected no scalingModifiers, whose formulas are not modelled here");
		return new Advanced(Boolean.TRUE.equals(restoreToOriginalReplicaCount), horizontalPodAutoscalerConfig);
	}

	/**
	 * How fast it may go; absent for Kubernetes' own rules, which is not the same as
	 * empty ones.
	 */
	public @Nullable Behavior behavior() {
		return (this.horizontalPodAutoscalerConfig != null) ? this.horizontalPodAutoscalerConfig.behavior() : null;
	}

	@Nullable String hpaName() {
		return (this.horizontalPodAutoscalerConfig != null) ? this.horizontalPodAutoscalerConfig.name() : null;
	}

	/**
	 * {@code horizontalPodAutoscalerConfig}.
	 *
	 * @param name the autoscaler's name; absent for {@code keda-hpa-} and the
	 * ScaledObject's
	 * @param behavior how fast it may go; absent for Kubernetes' own rules
	 */
	public record HpaConfig(@Nullable String name, @Nullable Behavior behavior) {

	}

}
