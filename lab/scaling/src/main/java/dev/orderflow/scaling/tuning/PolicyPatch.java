package dev.orderflow.scaling.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Replica;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A policy as a patch of a ScaledObject, for Kustomize and for
 * {@code kubectl patch --type merge}. Both replace lists, so it has all triggers.
 */
final class PolicyPatch {

	private static final YAMLMapper MAPPER = YAMLMapper.builder()
		.disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
		.build();

	private final Policy policy;

	private final Map<?, ?> document;

	PolicyPatch(Policy policy, Map<String, Object> document) {
		this.policy = policy;
		this.document = document;
	}

	/** Without comments. */
	String yaml() {
		return yaml(List.of("", "", "", "", "", ""));
	}

	/** Beside each value the sum behind it. */
	String yaml(ScaledObject base, Replica replica) {
		Policy values = this.policy;
		int most = base.spec().maxReplicaCount();
		long poll = base.spec().pollingInterval().toSeconds();
		return yaml(List.of(
				(values.replicasMin() > 0) ? "an event never waits for a first start"
						: "a first event waits for a poll and a start, %d + %d s".formatted(poll,
								replica.startSeconds()),
				(values.replicasMin() > 0) ? "no effect: never to zero"
						: "at least %d x %d / %d records/s + a start of %d s = %d s".formatted(most,
								values.lagThreshold(), replica.perSecond(), replica.startSeconds(),
								most * values.lagThreshold() / replica.perSecond() + replica.startSeconds()),
				steps(most),
				"at most %s attempts an hour that leave a pod too few"
					.formatted((values.windowSeconds() > 0) ? 3600 / values.windowSeconds() : 60),
				"from %d pods to one in %d min".formatted(most, Math.ceilDiv(most - 1, values.scaleDownPods())),
				"lagThreshold: %d records/s of one pod x %.1f s".formatted(replica.perSecond(),
						values.lagThreshold() / (double) replica.perSecond())));
	}

	private String steps(int most) {
		List<Integer> steps = new ArrayList<>(List.of(1));
		while (steps.getLast() < most) {
			int now = steps.getLast();
			steps.add(Math.min(most, Math.max(now + this.policy.scaleUpPods(), 2 * now)));
		}
		return "%s pods at successive syncs"
			.formatted(steps.stream().map(String::valueOf).collect(Collectors.joining(", ")));
	}

	private String yaml(List<String> sums) {
		List<String> comments = sums.stream().map((sum) -> sum.isEmpty() ? "" : " # " + sum).toList();
		return """
				apiVersion: keda.sh/v1alpha1
				kind: ScaledObject
				metadata:
				  name: %s
				spec:
				  minReplicaCount: %d%s
				  cooldownPeriod: %d%s
				  advanced:
				    horizontalPodAutoscalerConfig:
				      behavior:
				        scaleUp:
				          policies:%s
				            - { type: Pods, value: %d, periodSeconds: 15 }
				            - { type: Percent, value: 100, periodSeconds: 15 }
				        scaleDown:
				          stabilizationWindowSeconds: %d%s
				          policies:%s
				            - { type: Pods, value: %d, periodSeconds: 60 }
				  triggers:%s
				%s""".formatted(at("metadata", "name"), this.policy.replicasMin(), comments.get(0),
				this.policy.cooldownSeconds(), comments.get(1), comments.get(2), this.policy.scaleUpPods(),
				this.policy.windowSeconds(), comments.get(3), comments.get(4), this.policy.scaleDownPods(),
				comments.get(5), MAPPER.writeValueAsString(triggers()).indent(4));
	}

	private List<Object> triggers() {
		List<Object> triggers = new ArrayList<>();
		for (Object trigger : (at("spec", "triggers") instanceof List<?> list) ? list : List.of()) {
			triggers.add(withThreshold((Map<?, ?>) trigger));
		}
		return triggers;
	}

	private Map<Object, Object> withThreshold(Map<?, ?> trigger) {
		Map<Object, Object> changed = new LinkedHashMap<>(trigger);
		if (trigger.get("metadata") instanceof Map<?, ?> metadata && "kafka".equals(trigger.get("type"))) {
			Map<Object, Object> with = new LinkedHashMap<>(metadata);
			with.put("lagThreshold", String.valueOf(this.policy.lagThreshold()));
			changed.put("metadata", with);
		}
		return changed;
	}

	private @Nullable Object at(String first, String second) {
		return (this.document.get(first) instanceof Map<?, ?> map) ? map.get(second) : null;
	}

}
