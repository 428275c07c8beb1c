package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a fallback applies its number of replicas. */
public enum FallbackBehavior {

	/** That number. */
	@JsonProperty("static")
	STATIC,

	/** The current number. */
	@JsonProperty("currentReplicas")
	CURRENT_REPLICAS,

	/** The given number or the current one, whichever is higher. */
	@JsonProperty("currentReplicasIfHigher")
	CURRENT_REPLICAS_IF_HIGHER,

	/** The given number or the current one, whichever is lower. */
	@JsonProperty("currentReplicasIfLower")
	CURRENT_REPLICAS_IF_LOWER;

	/** The number of replicas to ask for. */
	public int replicas(int given, int current) {
		return switch (this) {
			case STATIC -> given;
			case CURRENT_REPLICAS -> current;
			case CURRENT_REPLICAS_IF_HIGHER -> Math.max(given, current);
			case CURRENT_REPLICAS_IF_LOWER -> Math.min(given, current);
		};
	}

}
