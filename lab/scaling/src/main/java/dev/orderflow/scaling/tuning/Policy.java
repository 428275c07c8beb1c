package dev.orderflow.scaling.tuning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orderflow.scaling.manifest.Behavior;
import dev.orderflow.scaling.manifest.Behavior.PolicyType;
import dev.orderflow.scaling.manifest.Behavior.Rules;
import dev.orderflow.scaling.manifest.InvalidManifestException;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import org.jspecify.annotations.Nullable;
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

	/** The values of a ScaledObject, if it scales on lag and has rules of this form. */
	static Optional<Policy> of(ScaledObjectSpec spec) {
		Behavior behavior = spec.advanced().behavior();
		Rules up = (behavior != null) ? behavior.scaleUp() : null;
		Rules down = (behavior != null) ? behavior.scaleDown() : null;
		int upPods = pods(up);
		int downPods = pods(down);
		Integer window = (down != null) ? down.stabilizationWindowSeconds() : null;
		if (upPods == 0 || downPods == 0 || window == null
				|| !(spec.triggers().getFirst().source() instanceof KafkaSource source)) {
			return Optional.empty();
		}
		return Optional.of(new Policy(source.lagThreshold(), upPods, window, downPods,
				Math.toIntExact(spec.cooldownPeriod().toSeconds()), spec.minReplicaCount()));
	}

	private static int pods(@Nullable Rules rules) {
		List<Behavior.Policy> policies = (rules != null) ? rules.policies() : null;
		return (policies != null && policies.getFirst().type() == PolicyType.Pods) ? policies.getFirst().value() : 0;
	}

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
