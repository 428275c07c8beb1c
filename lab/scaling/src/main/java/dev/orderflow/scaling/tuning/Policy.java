package dev.orderflow.scaling.tuning;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orderflow.scaling.manifest.InvalidManifestException;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The values of a ScaledObject that a search may change; the others stay as they are.
 *
 * @param lagThreshold lag for one replica, in records
 * @param scaleUpPods pods that one sync may add, if that is more than 100 %
 * @param windowSeconds {@code scaleDown.stabilizationWindowSeconds}
 * @param scaleDownPods pods that a minute may remove
 * @param cooldownSeconds {@code cooldownPeriod}
 * @param replicasMin {@code minReplicaCount}
 */
public record Policy(long lagThreshold, int scaleUpPods, int windowSeconds, int scaleDownPods, int cooldownSeconds,
		int replicasMin) {

	private static final YAMLMapper MAPPER = new YAMLMapper();

	/**
	 * A ScaledObject with these values: what a JSON merge patch makes of it.
	 * @param document the ScaledObject as parsed YAML
	 * @throws InvalidManifestException if the result is none
	 */
	public ScaledObject on(Map<String, Object> document) {
		Map<String, Object> patch = MAPPER.readValue(new PolicyPatch(this, document).yaml(),
				new TypeReference<Map<String, Object>>() {
				});
		return Manifests.scaledObject(merged(document, patch));
	}

	/* RFC 7396, without its null: maps are merged, anything else is replaced. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> patch) {
		Map<String, Object> merged = new LinkedHashMap<>(base);
		patch.forEach((name, value) -> merged.merge(name, value,
				(before, after) -> (before instanceof Map<?, ?> old && after instanceof Map<?, ?> given)
						? merged((Map<String, Object>) old, (Map<String, Object>) given) : after));
		return merged;
	}

}
