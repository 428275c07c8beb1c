package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a fallback makes of its number of replicas. */
public enum FallbackBehavior {

	/** That number. */
	@JsonProperty("static")
	STATIC,

	/** As many as there are. */
	@JsonProperty("currentReplicas")
	CURRENT_REPLICAS,

	/** That number, or as many as there are if that is more. */
	@JsonProperty("currentReplicasIfHigher")
	CURRENT_REPLICAS_IF_HIGHER,

	/** That number, or as many as there are if that is less. */
	@JsonProperty("currentReplicasIfLower")
	CURRENT_REPLICAS_IF_LOWER;

	/** How many replicas are asked for, with so many given and so many there. */
	public int replicas(int given, int current) {
		return switch (this) {
			case STATIC -> given;
			case CURRENT_REPLICAS -> current;
			case CURRENT_REPLICAS_IF_HIGHER -> Math.max(given, current);
			case CURRENT_REPLICAS_IF_LOWER -> Math.min(given, current);
		};
	}

}
