package dev.orderflow.scaling.hpa;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.Trigger.MetricType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HorizontalPodAutoscalerTests {

	private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

	private static HorizontalPodAutoscaler autoscaler(String lines) {
		return new HorizontalPodAutoscaler(Manifests.parse("""
				apiVersion: keda.sh/v1alpha1
				kind: ScaledObject
				metadata: { name: inventory-service }
				spec:
				  scaleTargetRef: { name: inventory-service }
				  maxReplicaCount: 12
				  triggers:
				    - type: kafka
				      metadata: { bootstrapServers: "kafka:9092", consumerGroup: g, topic: orders, lagThreshold: "100" }
				""" + lines.indent(2)).scaledObjects().getFirst().spec());
	}

	private static Decision sync(HorizontalPodAutoscaler autoscaler, int replicas, long lag) {
		return autoscaler.sync(NOW, new ReplicaCounts(replicas, replicas, replicas),
				() -> List.of(new ExternalMetric(MetricType.AverageValue, 100_000, OptionalLong.of(lag * 1000))));
	}

	private static Supplier<List<ExternalMetric>> notAsked() {
		return () -> {
			throw new AssertionError("Expected no metric to be asked for");
		};
	}

	@Test
	void isDisabledWithoutReplicas() {
		Decision decision = autoscaler("").sync(NOW, new ReplicaCounts(0, 0, 0), notAsked());
		assertThat(decision.replicas()).isZero();
	}

	@Test
	void goesIntoItsBoundsWithoutAskingForMetrics() {
		assertThat(autoscaler("").sync(NOW, new ReplicaCounts(20, 20, 20), notAsked()).replicas()).isEqualTo(12);
		assertThat(autoscaler("minReplicaCount: 3").sync(NOW, new ReplicaCounts(1, 1, 1), notAsked()).replicas())
			.isEqualTo(3);
	}

	@Test
	void neverGoesAboveTheMaximumNorBelowOne() {
		assertThat(sync(autoscaler(""), 12, 1299).replicas()).isEqualTo(12);
		assertThat(sync(autoscaler(""), 1, 0).replicas()).isEqualTo(1);
	}

	@Test
	void holdsWhileNothingIsKnown() {
		Decision decision = autoscaler("").sync(NOW, new ReplicaCounts(5, 5, 5),
				() -> List.of(new ExternalMetric(MetricType.AverageValue, 100_000, OptionalLong.empty())));
		assertThat(decision.replicas()).isEqualTo(5);
		assertThat(decision.proposal()).isEmpty();
	}

	@Test
	void takesToleranceAndRulesFromTheBehavior() {
		HorizontalPodAutoscaler autoscaler = autoscaler("""
				advanced:
				  horizontalPodAutoscalerConfig:
				    behavior:
				      scaleUp: { tolerance: "0.0", policies: [ { type: Pods, value: 2, periodSeconds: 15 } ] }""");
		Decision decision = sync(autoscaler, 4, 401);
		assertThat(decision.proposal()).hasValue(5);
		assertThat(sync(autoscaler, 5, 1200).replicas()).as("two pods within 15 s, one of them already added")
			.isEqualTo(6);
	}

}
