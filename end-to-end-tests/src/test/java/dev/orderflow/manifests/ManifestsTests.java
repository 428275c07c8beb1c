package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: an object that Kubernetes would refuse, that would not be safe, or that disagrees
 * with another one fails the build. Method: the rendered overlays are read with
 * Kubernetes' own types and checked by rules; then each rule is shown an overlay in which
 * one value is wrong.
 */
class ManifestsTests {

	@ParameterizedTest
	@MethodSource("rulesOfOverlays")
	void holds(Overlay overlay, Rule rule) {
		assertThat(rule.violations(Manifests.parse(overlay.yaml()))).isEmpty();
	}

	static Stream<Arguments> rulesOfOverlays() {
		return Stream.of(Overlay.values())
			.flatMap((overlay) -> Stream.of(Rule.values())
				.filter((rule) -> rule.appliesTo(overlay))
				.map((rule) -> Arguments.of(overlay, rule)));
	}

	@ParameterizedTest
	@EnumSource(Rule.class)
	void eachRuleIsShownSomethingWrong(Rule rule) throws NoSuchMethodException {
		CsvSource source = getClass()
			.getDeclaredMethod("noticesWhatIsWrong", Rule.class, String.class, String.class, String.class, String.class)
			.getAnnotation(CsvSource.class);

		assertThat(source.textBlock().lines()).anyMatch((line) -> line.startsWith(rule.name() + " "));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
							RESTRICTED  | Namespace/orderflow | metadata.labels.pod-security~kubernetes~io/enforce | baseline | enforce: restricted
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.securityContext.runAsNonRoot | false | runAsNonRoot
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.securityContext.runAsUser | 0 | a runAsUser
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.securityContext.runAsUser | 1000 | 10001
							RESTRICTED  | StatefulSet/kafka | spec.template.spec.securityContext.seccompProfile | | seccompProfile
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.hostNetwork | true | namespace of the host
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.volumes.0 | {name: tmp, hostPath: {path: /}} | volume of the host
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.volumes.0 | {name: tmp, emptyDir: {}} | sizeLimit
							RESTRICTED  | Deployment/inventory-service | spec.template.spec.automountServiceAccountToken | | automountServiceAccountToken
							RESTRICTED  | Job/prepare-0-1-0 | spec.template.spec.initContainers.1.securityContext.allowPrivilegeEscalation | | allowPrivilegeEscalation
							RESTRICTED  | Deployment/order-service | spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem | false | readOnlyRootFilesystem
							RESTRICTED  | Deployment/order-service | spec.template.spec.containers.0.securityContext.privileged | true | privileged
							RESTRICTED  | Deployment/order-service | spec.template.spec.containers.0.securityContext.capabilities.add | [NET_RAW] | capabilities
							RESOURCES   | Deployment/order-service | spec.template.spec.containers.0.resources.limits.cpu | | order-service service
							RESOURCES   | Deployment/order-service | spec.template.spec.containers.0.resources.requests.memory | 1Mi | memory the same
							PROBES      | Deployment/order-service | spec.template.spec.containers.0.startupProbe.failureThreshold | 30 | more than 600 s
							PROBES      | Deployment/order-service | spec.template.spec.containers.0.livenessProbe.httpGet.path | /actuator/health | livenessProbe
							PROBES      | Deployment/order-service | spec.template.spec.containers.0.readinessProbe.httpGet.port | http | management port
							PROBES      | StatefulSet/postgres | spec.template.spec.containers.0.readinessProbe | | readinessProbe
							GRACE       | Deployment/shipping-service | spec.template.spec.terminationGracePeriodSeconds | 30 | terminationGracePeriodSeconds
							GRACE       | Deployment/shipping-service-api | spec.template.spec.containers.0.lifecycle | | preStop
							ROLLOUTS    | Deployment/shipping-service | spec.strategy.rollingUpdate.maxSurge | 1 | 0 and 1, found 1 and 1
							ROLLOUTS    | Deployment/shipping-service-api | spec.strategy.rollingUpdate.maxUnavailable | 1 | found 1 and 1
							ROLLOUTS    | Deployment/shipping-service-api | spec.revisionHistoryLimit | | revisionHistoryLimit
							IMAGES      | Deployment/shipping-service | spec.template.spec.containers.0.image | orderflow/shipping-service:latest | latest
							IMAGES      | Deployment/shipping-service | spec.template.spec.containers.0.image | orderflow/shipping-service | a version
							IMAGES      | Deployment/shipping-service | spec.template.spec.containers.0.image | orderflow/shipping-service:0.0.9 | Orderflow's own
							SELECTORS   | Deployment/shipping-service | spec.selector.matchLabels.app~kubernetes~io/component | | its own pods alone
							SELECTORS   | Deployment/shipping-service | spec.selector.matchLabels.app~kubernetes~io/name | shipping | found []
							SERVICES    | Service/shipping-service | spec.selector.app~kubernetes~io/component | consumer | pods that answer
							SERVICES    | Service/shipping-service | spec.selector.app~kubernetes~io/component | | one workload, found 2
							SERVICES    | Service/shipping-service | spec.ports.0.targetPort | web | named ports
							BUDGETS     | PodDisruptionBudget/shipping-service | spec.selector.matchLabels.app~kubernetes~io/name | shipping | one workload, found []
							BUDGETS     | PodDisruptionBudget/shipping-service | spec.maxUnavailable | 0 | a drain must go on
							BUDGETS     | PodDisruptionBudget/shipping-service | spec.minAvailable | 1 | a drain must go on
							BUDGETS     | PodDisruptionBudget/shipping-service | | | shipping-service: expected a PodDisruptionBudget
							REFERENCES  | ConfigMap/prepare-environment | | | the ConfigMaps [prepare-environment]
							REFERENCES  | Secret/inventory-service-migration | | | the Secrets [inventory-service-migration]
							JOBS        | Job/prepare-0-1-0 | metadata.name | prepare | a name that ends with
							JOBS        | Job/prepare-0-1-0 | spec.template.spec.initContainers.1.envFrom.0.configMapRef.name | environment-abcdef2345 | without a hash
							COMPLETE    | Deployment/analytics-service-api | | | copy k8s/base/shipping-service.yaml
							COMPLETE    | Service/analytics-service | | | a Service at port 8083
							COMPLETE    | Deployment/analytics-service | spec.template.spec.containers.0.ports.0.containerPort | 9999 | ports of services.yaml
							COMPLETE    | ScaledObject/analytics-service | | | a ScaledObject in
							COMPLETE    | Job/prepare-0-1-0 | spec.template.spec.initContainers.1.name | nobody | an init container that migrates
							TARGETS     | ScaledObject/analytics-service | spec.scaleTargetRef.name | analytics | a Deployment analytics
							TARGETS     | Deployment/analytics-service | spec.replicas | 1 | without replicas
							TARGETS     | ScaledObject/analytics-service | spec.fallback.replicas | 0 | fallback.replicas above 0
							TARGETS     | ScaledObject/analytics-service | spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies | | bounds scaleDown
							CONSUMERS   | ScaledObject/analytics-service | spec.triggers.1 | | orders.analytics-service.replay
							CONSUMERS   | ScaledObject/analytics-service | spec.triggers.1.metadata.consumerGroup | analytics | the consumer group
							CONSUMERS   | ScaledObject/analytics-service | spec.triggers.0.metadata.offsetResetPolicy | latest | earliest
							CONSUMERS   | ScaledObject/analytics-service | spec.minReplicaCount | 1 | minReplicaCount: 0
							CONSUMERS   | ScaledObject/analytics-service | spec.maxReplicaCount | 13 | at most 12
							PRODUCERS   | ScaledObject/order-service | spec.minReplicaCount | 0 | above 0
							BROKERS     | ConfigMap/prepare-environment | data.SPRING_KAFKA_BOOTSTRAP_SERVERS | kafka:9092 | one list of names
							CONNECTIONS | Namespace/orderflow | metadata.annotations.orderflow~dev/postgresql-max-connections | "100" | max_connections 100
							CONNECTIONS | ScaledObject/order-service | spec.maxReplicaCount | 8 | connections of its role
							POSTGRES    | StatefulSet/postgres | spec.template.spec.containers.0.args.1 | max_connections=100 | max_connections=300
					NO_SECRETS  | Deployment/order-service | spec.template.spec.containers.0.env.0 | {name: PASSWORD, value: x} | from a Secret
							""")
	void noticesWhatIsWrong(Rule rule, String object, String path, String value, String expected) {
		Overlay overlay = rule.appliesTo(Overlay.KIND) ? Overlay.KIND : Overlay.EXTERNAL_SERVICES;
		List<Map<String, Object>> documents = Manifests.documents(overlay.yaml());
		if (path == null) {
			assertThat(documents.removeIf((document) -> title(document).equals(object))).isTrue();
		}
		else {
			change(documents.stream().filter((it) -> title(it).equals(object)).findFirst().orElseThrow(), path, value);
		}

		assertThat(rule.violations(Manifests.of(documents)))
			.anySatisfy((found) -> assertThat(found).contains(expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			spec.template.spec.containers.0.livenesProbe | {} | livenesProbe
			spec.template.spec.securityContext.runAsNotRoot | true | runAsNotRoot
			spec.template.spec.containers.0.env.0 | {name: A, value: 1} | Integer value
			spec.template.spec.containers.0.env.0 | {name: A, value: true} | Boolean value
			apiVersion | apps/v1beta1 | apps/v1beta1 Deployment
			""")
	void refusesWhatKubernetesWouldRefuse(String path, String value, String expected) {
		List<Map<String, Object>> documents = Manifests.documents(Overlay.KIND.yaml());
		change(documents.stream().filter((it) -> it.get("kind").equals("Deployment")).findFirst().orElseThrow(), path,
				value);

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Manifests.of(documents))
			.withMessageContaining(expected);
	}

	@Test
	void noClientSetsWhatTheBrokerSets() {
		assertThat(ClientSettings.forbidden(Overlay.ROOT)).isEmpty();
		assertThat(ClientSettings.forbiddenIn("session.timeout.ms: 1")).isTrue();
		assertThat(ClientSettings.forbiddenIn("SPRING_KAFKA_CONSUMER_PROPERTIES_HEARTBEAT_INTERVAL_MS")).isTrue();
		assertThat(ClientSettings.forbiddenIn("partition.assignment.strategy")).isTrue();
		assertThat(ClientSettings.forbiddenIn("group.consumer.session.timeout.ms=10000")).isFalse();
	}

	private static String title(Map<String, Object> document) {
		return new KedaObject(document).kind() + "/" + new KedaObject(document).name();
	}

	/**
	 * Sets what is at the path, in which ~ stands for a dot within a key; without a value
	 * it is removed.
	 */
	@SuppressWarnings("unchecked")
	private static void change(Map<String, Object> document, String path, String value) {
		int last = path.lastIndexOf('.');
		Object parent = document;
		for (String key : (last < 0) ? new String[0] : path.substring(0, last).split("\\.")) {
			parent = (parent instanceof List<?> list) ? list.get(Integer.parseInt(key))
					: ((Map<?, ?>) parent).get(key.replace('~', '.'));
		}
		String key = path.substring(last + 1).replace('~', '.');
		Object changed = (value != null) ? new Yaml(new SafeConstructor(new LoaderOptions())).load(value) : null;
		switch (Objects.requireNonNull(parent, path)) {
			case List<?> list when value == null -> list.remove(Integer.parseInt(key));
			case List<?> list -> ((List<Object>) list).set(Integer.parseInt(key), changed);
			case Map<?, ?> map when value == null -> map.remove(key);
			case Map<?, ?> map -> ((Map<String, Object>) map).put(key, changed);
			default -> throw new IllegalArgumentException(path);
		}
	}

}
