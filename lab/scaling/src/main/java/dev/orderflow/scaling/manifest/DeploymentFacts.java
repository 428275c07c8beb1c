package dev.orderflow.scaling.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * The fields of a Deployment that matter for scaling; the others are ignored.
 *
 * @param name its name
 * @param component the label {@code app.kubernetes.io/component}: consumer or api
 * @param replicas the number of replicas if nothing scales it
 * @param maxSurge surplus pods during a rollout, as given: a number or a percentage
 * @param env variables of its containers that have a literal value
 */
public record DeploymentFacts(String name, String component, int replicas, String maxSurge, Map<String, String> env) {

	static final String KIND = "Deployment";

	/* Kubernetes' default. */
	private static final String MAX_SURGE = "25%";

	public DeploymentFacts {
		env = Map.copyOf(env);
	}

	static DeploymentFacts of(JsonNode document) {
		JsonNode metadata = document.path("metadata");
		JsonNode spec = document.path("spec");
		JsonNode strategy = spec.path("strategy");
		Map<String, String> env = new LinkedHashMap<>();
		for (JsonNode container : spec.path("template").path("spec").path("containers")) {
			for (JsonNode variable : container.path("env")) {
				if (variable.has("value")) {
					env.put(variable.path("name").asString(), variable.path("value").asString());
				}
			}
		}
		String surge = strategy.path("type").asString("").equals("Recreate") ? "0"
				: strategy.path("rollingUpdate").path("maxSurge").asString(MAX_SURGE);
		return new DeploymentFacts(metadata.path("name").asString(),
				metadata.path("labels").path("app.kubernetes.io/component").asString(""),
				spec.path("replicas").asInt(1), surge, env);
	}

	/**
	 * Surplus pods during a rollout at {@code replicas} replicas; a percentage is rounded
	 * up.
	 */
	public int surge(int replicas) {
		if (!this.maxSurge.endsWith("%")) {
			return Integer.parseInt(this.maxSurge);
		}
		int percent = Integer.parseInt(this.maxSurge.substring(0, this.maxSurge.length() - 1));
		return Math.ceilDiv(replicas * percent, 100);
	}

}
