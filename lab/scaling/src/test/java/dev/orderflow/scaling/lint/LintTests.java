package dev.orderflow.scaling.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.orderflow.scaling.simulation.Replica;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The lint finds each trap in an example of it, and none in a sound file. */
class LintTests {

	private static final Lint LINT = new Lint(Facts.ofProject(Map.of("inventory-service", new Replica(10, 1000))));

	private static final String SOUND = """
			apiVersion: apps/v1
			kind: Deployment
			metadata:
			  name: inventory-service
			  labels: { app.kubernetes.io/component: consumer }
			spec:
			  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
			  template:
			    spec:
			      containers:
			        - name: service
			          env:
			            - { name: SPRING_DATASOURCE_URL, value: jdbc:postgresql://postgres/inventory }
			            - { name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE, value: "2" }
			---
			apiVersion: apps/v1
			kind: Deployment
			metadata:
			  name: inventory-service-api
			  labels: { app.kubernetes.io/component: api }
			spec:
			  replicas: 2
			  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
			  template:
			    spec:
			      containers:
			        - name: service
			          env:
			            - { name: SPRING_DATASOURCE_URL, value: jdbc:postgresql://postgres/inventory }
			---
			apiVersion: keda.sh/v1alpha1
			kind: ScaledObject
			metadata:
			  name: inventory-service
			spec:
			  scaleTargetRef: { name: inventory-service }
			  cooldownPeriod: 900
			  maxReplicaCount: 12
			  fallback: { failureThreshold: 3, replicas: 3 }
			  advanced:
			    horizontalPodAutoscalerConfig:
			      behavior:
			        scaleUp: { tolerance: "0.05" }
			  triggers:
			    - type: kafka
			      metadata:
			        bootstrapServers: kafka:9092
			        consumerGroup: inventory-service
			        topic: orders
			        lagThreshold: "5000"
			        offsetResetPolicy: earliest
			""";

	@TempDir
	private Path directory;

	private List<Finding> check(String yaml) throws IOException {
		return LINT.check(Files.writeString(this.directory.resolve("manifests.yaml"), yaml));
	}

	@Test
	void findsNothingInASoundFile() throws IOException {
		assertThat(check(SOUND)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " | ", quoteCharacter = '`', value = {
			"maxReplicaCount: 12 | maxReplicaCount: 13 | MAX_ABOVE_PARTITIONS | at most 12, the partitions of orders, found 13",
			"tolerance: \"0.05\" | tolerance: \"0.1\" | STALL_BELOW_PARTITIONS | scaleUp.tolerance below 0.091, found 0.1: at 11 replicas",
			"tolerance: \"0.05\" | stabilizationWindowSeconds: 0 | STALL_BELOW_PARTITIONS | found 0.1",
			"cooldownPeriod: 900 | cooldownPeriod: 60 | COOLDOWN_SHORTER_THAN_DRAIN | cooldownPeriod of at least 70 s, found 60",
			"replicas: 3 | replicas: 0 | FALLBACK_ZERO | fallback.replicas above 0",
			"offsetResetPolicy: earliest | offsetResetPolicy: latest | OFFSET_POLICY | EARLIEST, for orders, found LATEST",
			"topic: orders | topic: order | TOPIC_MISSING | expected one of [orders, orders.inventory-service.replay], found order",
			"topic: orders | version: 4.0.0 | TOPIC_MISSING | found null",
			"lagThreshold: \"5000\" | lagThreshold: \"999\" | THRESHOLD_BELOW_BATCH | at least two batches of 500, found 999",
			"value: \"2\" | value: \"22\" | CONNECTION_BUDGET | at most 300 connections (max_connections), found 309",
			"cooldownPeriod: | coolDownPeriod: | UNUSABLE | spec.coolDownPeriod: unknown field",
			"lagThreshold: | lagTreshold: | UNUSABLE | unknown metadata.lagTreshold" })
	void namesTheTrap(String sound, String bad, Trap trap, String message) throws IOException {
		assertThat(SOUND).contains(sound);
		assertThat(check(SOUND.replace(sound, bad))).anySatisfy((finding) -> {
			assertThat(finding.trap()).isEqualTo(trap);
			assertThat(finding.message()).contains(message);
		});
	}

	@Test
	void addsUpTheConnectionsOfAllPods() throws IOException {
		// 21 x 12 of the consumer, (8 + 2) x (2 + 1) of the other, 15 besides: 297.
		assertThat(check(SOUND.replace("value: \"2\"", "value: \"21\""))).isEmpty();
		assertThat(check(SOUND.replace("value: \"2\"", "value: \"22\""))).singleElement()
			.extracting(Finding::message)
			.asString()
			.contains("found 309");
	}

}
