package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What KEDA does while a metric cannot be measured.
 *
 * @param failureThreshold consecutive failures that are passed on; the fallback starts
 * with the next one
 * @param replicas number of replicas during the fallback
 * @param behavior how {@code replicas} is applied
 */
public record Fallback(int failureThreshold, int replicas, FallbackBehavior behavior) {

	@JsonCreator
	static Fallback of(@Nullable Integer failureThreshold, @Nullable Integer replicas,
			@Nullable FallbackBehavior behavior) {
		return new Fallback(
				Require.atLeast(0, Require.present(failureThreshold, "failureThreshold"), "failureThreshold"),
				Require.atLeast(0, Require.present(replicas, "replicas"), "replicas"),
				(behavior != null) ? behavior : FallbackBehavior.STATIC);
	}

}
