package dev.orderflow.manifests;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orderflow.servers.BrokerSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Goal: k8s/rendered is what kustomize renders from k8s/, and values that occur in
 * several files agree. Method: the overlays are rendered again if kubectl is on the PATH;
 * the files are compared.
 */
class RenderedTests {

	private static final int RENDER_SECONDS_MAX = 60;

	/* kubectl apply keeps a copy in an annotation, which may have 256 KiB. */
	private static final int CONFIG_MAP_BYTES_MAX = 250 * 1024;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void isUpToDate(Overlay overlay) throws Exception {
		assumeThat(onPath("kubectl")).as("kubectl is not on the PATH: k8s/rendered is not checked").isTrue();

		assertThat(render(overlay))
			.as("kubectl kustomize k8s/overlays/%1$s > k8s/rendered/%1$s.yaml"
				.formatted(overlay.source().getFileName()))
			.isEqualTo(overlay.yaml());
	}

	@Test
	void theBrokerHasTheSettingsOfEveryEnvironment() throws IOException {
		Properties settings = new Properties();
		settings.load(new StringReader(Overlay.text("k8s/overlays/kind/server.properties")));

		assertThat(settings).containsAllEntriesOf(BrokerSettings.common());
		BrokerSettings.common().keySet().forEach(settings::remove);
		assertThat(settings.stringPropertyNames()).isSubsetOf(
				Stream.concat(Stream.of("log.dirs"), BrokerSettings.network("0.0.0.0", 9092, 9093).keySet().stream())
					.toList());
	}

	@ParameterizedTest
	@CsvSource({ "deploy/prometheus, rules", "deploy/grafana, dashboards" })
	void everyRuleAndDashboardIsInTheCluster(String component, String files) throws IOException {
		String kustomization = Overlay.text(component + "/kustomization.yaml");
		Path source = Overlay.ROOT.resolve(component).resolve(files);
		try (Stream<Path> found = Files.list(source)) {
			assertThat(found.map((file) -> files + "/" + file.getFileName()).toList())
				.allSatisfy((file) -> assertThat(kustomization).contains("- " + file));
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyConfigMapCanBeApplied(Overlay overlay) {
		assertThat(Manifests.parse(overlay.yaml()).all(ConfigMap.class)).allSatisfy((it) -> assertThat(
				it.getData().values().stream().mapToInt((value) -> value.getBytes(StandardCharsets.UTF_8).length).sum())
			.as(it.getMetadata().getName())
			.isLessThan(CONFIG_MAP_BYTES_MAX));
	}

	@Test
	void docsListEverySecretToCreate() {
		String document = Overlay.text("docs/kubernetes.md");

		Manifests manifests = Manifests.parse(Overlay.EXTERNAL_SERVICES.yaml());
		Stream<String> keda = manifests.authentications()
			.stream()
			.flatMap((it) -> it.spec().secretTargetRef().stream())
			.map(TriggerAuthentication.SecretTargetRef::name);

		assertThat(Stream.concat(manifests.workloads().stream().flatMap((it) -> ObjectRules.secrets(it).stream()), keda)
			.filter((secret) -> !secret.isEmpty())
			.map((secret) -> "`" + secret.replaceFirst("^[a-z]+-service", "<service>"))).isNotEmpty()
			.allSatisfy((secret) -> assertThat(document).contains(secret + "`"));
	}

	@ParameterizedTest
	@EnumSource
	void docsStateTheSumOfAllConnections(Overlay overlay) {
		String sum = "**%d**".formatted(ScalingRules.connections(Manifests.parse(overlay.yaml())));

		assertThat(Overlay.text("k8s/README.md"))
			.withFailMessage("k8s/README.md, connections to PostgreSQL: expected %s as the sum of %s, found another",
					sum, overlay)
			.contains(sum);
	}

	@Test
	void thePortsOfTheKindClusterLeadToItsServices() {
		JsonNode cluster = YAMLMapper.shared().readTree(Overlay.text("deploy/kind/cluster.yaml"));

		assertThat(cluster.at("/nodes/0/extraPortMappings")
			.valueStream()
			.map((it) -> it.get("hostPort") + ":" + it.get("containerPort")))
			.containsExactlyInAnyOrderElementsOf(Manifests.parse(Overlay.KIND.yaml())
				.all(Service.class)
				.stream()
				.flatMap((service) -> service.getSpec().getPorts().stream())
				.filter((port) -> port.getNodePort() != null)
				.map((port) -> port.getPort() + ":" + port.getNodePort())
				.toList());
	}

	private String render(Overlay overlay) throws IOException, InterruptedException {
		Path output = this.directory.resolve("rendered.yaml");
		Path errors = this.directory.resolve("errors");
		Process process = new ProcessBuilder("kubectl", "kustomize", overlay.source().toString())
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		assertThat(process.waitFor(RENDER_SECONDS_MAX, TimeUnit.SECONDS)).as("rendered in time").isTrue();
		assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
		return Files.readString(output);
	}

	static boolean onPath(String tool) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, tool)));
	}

}
