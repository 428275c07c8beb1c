package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orderflow.scaling.manifest.InvalidManifestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: an object that Kubernetes would refuse, that is unsafe, or that contradicts
 * another one fails the build. Method: the rendered overlays are read with Kubernetes'
 * own types and checked by rules; then each rule must find a fault in an overlay with one
 * wrong value.
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
	void eachRuleHasAWrongExample(Rule rule) {
		assertThat(Overlay.text("tests/repository-checks/src/test/resources/manifests/wrong-values.csv").lines())
			.anyMatch((line) -> line.startsWith(rule.name() + " "));
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/manifests/wrong-values.csv", delimiter = '|')
	void noticesAWrongValue(Rule rule, String object, String path, String value, String expected) {
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
	@CsvFileSource(resources = "/manifests/refused-values.csv", delimiter = '|')
	void refusesObjectsThatKubernetesWouldRefuse(String path, String value, String expected) {
		List<Map<String, Object>> documents = Manifests.documents(Overlay.KIND.yaml());
		change(documents.stream()
			.filter((it) -> title(it).equals("Deployment/analytics-service"))
			.findFirst()
			.orElseThrow(), path, value);

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Manifests.of(documents))
			.withMessageContaining(expected);
	}

	@Test
	void kedaRefusesAnUnknownField() {
		List<Map<String, Object>> documents = Manifests.documents(Overlay.EXTERNAL_SERVICES.yaml());
		change(documents.stream()
			.filter((it) -> it.get("kind").equals("TriggerAuthentication"))
			.findFirst()
			.orElseThrow(), "spec.secretTargetRef.0.param", "sasl");

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Manifests.of(documents))
			.withMessageContaining("param");
		assertThatExceptionOfType(InvalidManifestException.class)
			.isThrownBy(() -> Manifests.parse(Overlay.KIND.yaml().replace("lagThreshold:", "lagTreshold:")))
			.withMessageContaining("lagTreshold");
	}

	@Test
	void noClientSetsBrokerSettings() {
		assertThat(ClientSettings.forbidden(Overlay.ROOT)).isEmpty();
		assertThat(ClientSettings.forbiddenIn("session.timeout.ms: 1")).isTrue();
		assertThat(ClientSettings.forbiddenIn("SPRING_KAFKA_CONSUMER_PROPERTIES_HEARTBEAT_INTERVAL_MS")).isTrue();
		assertThat(ClientSettings.forbiddenIn("partition.assignment.strategy")).isTrue();
		assertThat(ClientSettings.forbiddenIn("group.consumer.session.timeout.ms=10000")).isFalse();
	}

	private static String title(Map<String, Object> document) {
		return document.get("kind") + "/" + ((Map<?, ?>) document.get("metadata")).get("name");
	}

	/**
	 * Sets the value at a path, in which ~ stands for a dot within a key; removes it if
	 * the value is null.
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
