package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the autoscaler.
 *
 * @param restoreToOriginalReplicaCount whether deleting the ScaledObject restores the
 * replica count from before KEDA
 * @param horizontalPodAutoscalerConfig name and behaviour of the autoscaler; absent for
 * Kubernetes' own
 */
public record Advanced(boolean restoreToOriginalReplicaCount, @Nullable HpaConfig horizontalPodAutoscalerConfig) {

	static final Advanced NONE = new Advanced(false, null);

	@JsonCreator
	static Advanced of(@Nullable Boolean restoreToOriginalReplicaCount,
			@Nullable HpaConfig horizontalPodAutoscalerConfig, @Nullable Object scalingModifiers) {
		Require.that(scalingModifiers == null, "scalingModifiers are not supported: their formulas are not modelled");
		return new Advanced(Boolean.TRUE.equals(restoreToOriginalReplicaCount), horizontalPodAutoscalerConfig);
	}

	/**
	 * How fast the autoscaler may scale; absent for Kubernetes' built-in rules, which
	 * differ from empty ones.
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
	 * @param behavior how fast it may scale; absent for Kubernetes' built-in rules
	 */
	public record HpaConfig(@Nullable String name, @Nullable Behavior behavior) {

	}

}
