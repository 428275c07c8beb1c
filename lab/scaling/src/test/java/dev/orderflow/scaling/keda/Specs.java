package dev.orderflow.scaling.keda;

import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;

/** ScaledObjects for tests. */
final class Specs {

	private Specs() {
	}

	/** One Kafka trigger with threshold 100, and these lines in the spec. */
	static ScaledObjectSpec with(String lines) {
		return spec(lines, trigger("orders", ""));
	}

	/** The same with further lines in the trigger. */
	static ScaledObjectSpec withTrigger(String triggerLines) {
		return spec("", trigger("orders", triggerLines));
	}

	/** The same with a second trigger on the replay topic. */
	static ScaledObjectSpec withReplayTrigger(String lines) {
		return spec(lines, trigger("orders", "") + trigger("orders.inventory-service.replay", ""));
	}

	private static ScaledObjectSpec spec(String lines, String triggers) {
		return Manifests.parse("""
				apiVersion: keda.sh/v1alpha1
				kind: ScaledObject
				metadata: { name: inventory-service }
				spec:
				  scaleTargetRef: { name: inventory-service }
				""" + lines.indent(2) + "  triggers:\n" + triggers.indent(4)).scaledObjects().getFirst().spec();
	}

	private static String trigger(String topic, String lines) {
		return """
				- type: kafka
				  metadata: { bootstrapServers: "kafka:9092", consumerGroup: inventory-service, topic: %s, lagThreshold: "100" }
				"""
			.formatted(topic) + lines.indent(2);
	}

}
