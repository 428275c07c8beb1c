package dev.orderflow.scaling.manifest;

import java.time.Duration;

import dev.orderflow.scaling.manifest.KafkaSource.OffsetResetPolicy;
import dev.orderflow.scaling.manifest.Trigger.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestsTests {

	private static final YAMLMapper MAPPER = new YAMLMapper();

	private static final String SMALLEST = """
			apiVersion: keda.sh/v1alpha1
			kind: ScaledObject
			metadata:
			  name: inventory-service
			spec:
			  scaleTargetRef:
			    name: inventory-service
			  triggers:
			    - type: kafka
			      metadata:
			        bootstrapServers: kafka:9092
			        consumerGroup: inventory-service
			        topic: orders
			""";

	private static ScaledObjectSpec spec(String yaml) {
		return Manifests.parse(yaml).scaledObjects().getFirst().spec();
	}

	@Test
	void fillsInKedasDefaults() {
		ScaledObjectSpec spec = spec(SMALLEST);
		assertThat(spec.pollingInterval()).isEqualTo(Duration.ofSeconds(30));
		assertThat(spec.cooldownPeriod()).isEqualTo(Duration.ofSeconds(300));
		assertThat(spec.initialCooldownPeriod()).isZero();
		assertThat(spec.minReplicaCount()).isZero();
		assertThat(spec.maxReplicaCount()).isEqualTo(100);
		assertThat(spec.hpaMinReplicas()).isEqualTo(1);
		assertThat(spec.advanced().behavior()).isNull();
		assertThat(spec.fallback()).isNull();
		Trigger trigger = spec.triggers().getFirst();
		assertThat(trigger.metricType()).isEqualTo(MetricType.AverageValue);
		assertThat(trigger.useCachedMetrics()).isFalse();
		KafkaSource source = (KafkaSource) trigger.source();
		assertThat(source.lagThreshold()).isEqualTo(10);
		assertThat(source.activationLagThreshold()).isZero();
		assertThat(source.offsetResetPolicy()).isEqualTo(OffsetResetPolicy.LATEST);
	}

	@Test
	void distinguishesAnEmptyBehaviorFromAMissingOne() {
		assertThat(spec(SMALLEST + "  advanced: { horizontalPodAutoscalerConfig: { behavior: {} } }\n").advanced()
			.behavior()).isNotNull();
	}

	@Test
	void namesTheAutoscaler() {
		assertThat(Manifests.parse(SMALLEST).scaledObjects().getFirst().hpaName())
			.isEqualTo("keda-hpa-inventory-service");
		assertThat(Manifests.parse(SMALLEST + "  advanced: { horizontalPodAutoscalerConfig: { name: mine } }\n")
			.scaledObjects()
			.getFirst()
			.hpaName()).isEqualTo("mine");
	}

	@Test
	void readsSeveralDocumentsAndSkipsOtherKinds() {
		Manifests manifests = Manifests.parse("""
				apiVersion: v1
				kind: Service
				metadata: { name: inventory-service }
				---
				apiVersion: apps/v1
				kind: Deployment
				metadata: { name: inventory-service, labels: { app.kubernetes.io/component: consumer } }
				spec:
				  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 30%, maxUnavailable: 1 } }
				  template:
				    spec:
				      containers:
				        - name: service
				          env:
				            - { name: ORDERFLOW_ROLE, value: consumer }
				            - { name: SPRING_DATASOURCE_PASSWORD, valueFrom: { secretKeyRef: { name: s, key: k } } }
				---
				""" + SMALLEST + "---\n");
		assertThat(manifests.scaledObjects()).hasSize(1);
		DeploymentFacts target = manifests.target(manifests.scaledObjects().getFirst()).orElseThrow();
		assertThat(target.component()).isEqualTo("consumer");
		assertThat(target.env()).containsOnlyKeys("ORDERFLOW_ROLE");
		assertThat(target.replicas()).isEqualTo(1);
		assertThat(target.surge(10)).isEqualTo(3);
		assertThat(target.surge(1)).as("a percentage is rounded up").isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " | ", value = { "/ | status: {} | status: unknown field",
			"/metadata | lables: {} | metadata.lables: unknown field",
			"/spec | polingInterval: 10 | spec.polingInterval: unknown field",
			"/spec | fallback: { failureThreshold: 3, replicas: 3, mode: static } | spec.fallback.mode: unknown field",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | policies: [ { type: Pods, value: 1, periodSeconds: 15, tolerance: 0 } ] | spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.policies[0].tolerance: unknown field",
			"/spec/triggers/0 | metricTyp: Value | spec.triggers[0].metricTyp: unknown field",
			"/spec/triggers/0/metadata | topics: orders | spec.triggers[0]: unknown metadata.topics: expected one of" })
	void refusesAnUnknownFieldByItsPath(String place, String line, String message) {
		assertRefused(place, line, message);
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " | ", value = {
			"/ | apiVersion: keda.sh/v1 | expected apiVersion keda.sh/v1alpha1, found keda.sh/v1",
			"/metadata | name: a-service-with-a-name-that-is-longer-than-a-label-can-be | of at most 63 characters",
			"/spec | pollingInterval: 0 | spec: expected pollingInterval of at least 1, found 0",
			"/spec | maxReplicaCount: 0 | spec: expected maxReplicaCount of at least 1, found 0",
			"/spec | minReplicaCount: 101 | expected minReplicaCount of at most maxReplicaCount, found 101 and 100",
			"/spec | idleReplicaCount: 0 | expected idleReplicaCount below minReplicaCount, found 0 and 0",
			"/spec | triggers: [] | expected at least one of triggers",
			"/spec | fallback: { failureThreshold: -1, replicas: 3 } | spec.fallback: expected failureThreshold of at least 0",
			"/spec | fallback: { failureThreshold: 1, replicas: 3, behavior: double } | spec.fallback.behavior",
			"/spec | advanced: { scalingModifiers: { formula: a + b } } | scalingModifiers are not supported",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | stabilizationWindowSeconds: 3601 | expected stabilizationWindowSeconds of 0 to 3600, found 3601",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | policies: [] | expected at least one of policies",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | policies: [ { type: Pods, value: 0, periodSeconds: 15 } ] | expected value of at least 1",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | policies: [ { type: Pods, value: 1, periodSeconds: 1801 } ] | expected periodSeconds of 1 to 1800, found 1801",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | selectPolicy: Most | spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.selectPolicy",
			"/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp | tolerance: -1 | expected a tolerance of 0 or more",
			"/spec/triggers/0 | type: rabbitmq | expected type kafka or prometheus, found rabbitmq",
			"/spec/triggers/0 | metricType: Utilization | spec.triggers[0].metricType",
			"/spec/triggers/0/metadata | lagThreshold: 100 | spec.triggers[0]: expected metadata.lagThreshold as a string in quotes, found 100",
			"/spec/triggers/0/metadata | lagThreshold: '0' | expected metadata.lagThreshold above 0",
			"/spec/triggers/0/metadata | lagThreshold: many | expected metadata.lagThreshold as a whole number, found many",
			"/spec/triggers/0/metadata | activationLagThreshold: '-1' | expected metadata.activationLagThreshold of 0 or more",
			"/spec/triggers/0/metadata | offsetResetPolicy: none | expected metadata.offsetResetPolicy as one of latest, earliest, found none",
			"/spec/triggers/0/metadata | allowIdleConsumers: 'yes' | expected metadata.allowIdleConsumers as true or false, found yes",
			"/spec/triggers/0/metadata | partitionLimitation: 1-2-3 | expected metadata.partitionLimitation such as 1,4-6",
			"/spec/triggers/0/metadata | sasl: scram_sha512 | no authenticationRef" }, quoteCharacter = '`')
	void refusesWhatKedaOrTheApiServerRefuses(String place, String line, String message) {
		assertRefused(place, line, message);
	}

	@Test
	void refusesSettingsThatExcludeEachOther() {
		String metadata = "/spec/triggers/0/metadata";
		assertRefused(metadata, "{ allowIdleConsumers: 'true', limitToPartitionsWithLag: 'true' }",
				"exclude each other");
		assertRefused(metadata, "{ ensureEvenDistributionOfPartitions: 'true', limitToPartitionsWithLag: 'true' }",
				"exclude each other");
		assertRefused(metadata, "{ ensureEvenDistributionOfPartitions: 'true', topic: '' }", "no metadata.topic");
	}

	@Test
	void refusesATriggerWithoutARequiredField() {
		assertRefused("/spec/triggers/0", "metadata: { bootstrapServers: 'kafka:9092' }",
				"expected metadata.consumerGroup, found none");
	}

	/** Sets fields of the smallest ScaledObject, given as YAML, at a place in it. */
	private static void assertRefused(String place, String fields, String message) {
		ObjectNode document = (ObjectNode) MAPPER.readTree(SMALLEST);
		ObjectNode changed = place.equals("/") ? document : document.withObject(place);
		changed.setAll((ObjectNode) MAPPER.readTree(fields));
		assertThatExceptionOfType(InvalidManifestException.class)
			.isThrownBy(() -> Manifests.parse(MAPPER.writeValueAsString(document)))
			.withMessageStartingWith("ScaledObject ")
			.withMessageContaining(message);
	}

	@Test
	void refusesTwoTriggersOfOneName() {
		String trigger = SMALLEST.substring(SMALLEST.indexOf("    - type"));
		String named = trigger.replace("- type: kafka", "- type: kafka\n      name: lag");
		String yaml = SMALLEST.replace(trigger, named + named);
		assertThatExceptionOfType(InvalidManifestException.class).isThrownBy(() -> Manifests.parse(yaml))
			.withMessageContaining("expected unique names of triggers, found [lag, lag]");
	}

	@Test
	void reportsInvalidYaml() {
		assertThatExceptionOfType(InvalidManifestException.class).isThrownBy(() -> Manifests.parse("a: [1"))
			.withMessageStartingWith("invalid YAML");
	}

}
