package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What KEDA does while nothing can be measured.
 *
 * @param failureThreshold failures in a row that are passed on; the next one counts
 * @param replicas so many replicas then
 * @param behavior what is made of {@code replicas}
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
