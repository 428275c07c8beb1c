package dev.orderflow.manifests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Goal: the scripts in deploy/kind run their steps in order, report missing tools, and
 * name the failed step. Method: runs with stubs of docker, kind and kubectl that record
 * their calls; no cluster.
 */
class KindScriptsTests {

	private static final int SCRIPT_SECONDS_MAX = 60;

	private static final String STUB = """
			#!/bin/sh
			call="${0##*/} $*"
			echo "$call" >> "$CALLS"
			if [ -n "$FAIL" ]; then
			  case "$call" in *"$FAIL"*) exit 1 ;; esac
			fi
			case "$call" in
			  "kind get clusters") echo "$CLUSTERS" ;;
			  *" create --filename - "*) cat > "$CALLS.manifest"; echo job.batch/smoke ;;
			esac
			""";

	@TempDir
	private Path directory;

	private Path tools;

	private final Map<String, String> environment = new HashMap<>();

	@BeforeEach
	void makeTools() throws IOException {
		this.tools = Files.createDirectory(this.directory.resolve("tools"));
		for (String tool : List.of("bash", "cat", "dirname", "grep", "sed")) {
			Path real = Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((path) -> Path.of(path, tool))
				.filter(Files::isExecutable)
				.findFirst()
				.orElseThrow();
			makeTool(tool, "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
		}
		for (String tool : List.of("docker", "kind", "kubectl")) {
			makeTool(tool, STUB);
		}
		this.environment.put("PATH", this.tools.toString());
		this.environment.put("CALLS", this.directory.resolve("calls").toString());
	}

	private void makeTool(String name, String script) throws IOException {
		Path tool = Files.writeString(this.tools.resolve(name), script);
		assertThat(tool.toFile().setExecutable(true)).isTrue();
	}

	@Test
	void upBuildsCreatesInstallsAppliesAndWaitsInThisOrder() throws Exception {
		Run run = run("up");

		assertThat(run.status()).as(run.output()).isZero();
		assertThat(run.output()).contains("http://localhost:8080/products", "deploy/kind/smoke");
		assertThat(run.calls()).containsSubsequence("docker info", "kind get clusters",
				"kind create cluster --name orderflow --config deploy/kind/cluster.yaml --wait 300s",
				"kubectl --context kind-orderflow apply --server-side --force-conflicts --kustomize k8s/overlays/kind",
				"kubectl --context kind-orderflow --namespace orderflow wait --for=condition=Complete job/prepare-"
						+ Rule.version().replace('.', '-') + " --timeout=600s",
				"kubectl --context kind-orderflow --namespace orderflow rollout status deployment/shipping-service-api"
						+ " --timeout=300s",
				"kubectl --context kind-orderflow --namespace orderflow wait --for=condition=Ready scaledobject --all"
						+ " --timeout=120s");
		assertThat(run.calls()).anyMatch((call) -> call.contains("v2.20.2/keda-2.20.2.yaml"))
			.noneMatch((call) -> call.contains("delete"));
		for (var service : Rule.services()) {
			String image = "orderflow/" + service.name() + ":" + Rule.version();
			assertThat(run.calls()).anyMatch((call) -> call.startsWith("docker build") && call.contains(image))
				.anyMatch((call) -> call.startsWith("kind load docker-image") && call.contains(image));
		}
	}

	@Test
	void upReusesAnExistingClusterAndMigratesAgain() throws Exception {
		this.environment.put("CLUSTERS", "orderflow");
		Run run = run("up", "--skip-build");

		assertThat(run.status()).as(run.output()).isZero();
		assertThat(run.calls()).noneMatch((call) -> call.startsWith("kind create") || call.startsWith("docker build"))
			.anyMatch((call) -> call.contains("delete job --selector app.kubernetes.io/component=prepare"))
			.anyMatch((call) -> call.contains("rollout restart deployment"));
	}

	@Test
	void upNamesAllMissingToolsAndWhereToGetThem() throws Exception {
		Files.delete(this.tools.resolve("kind"));
		Files.delete(this.tools.resolve("kubectl"));
		Run run = run("up");

		assertThat(run.status()).isEqualTo(2);
		assertThat(run.output()).contains("missing: kind", "https://kind.sigs.k8s.io", "missing: kubectl",
				"https://kubernetes.io/docs/tasks/tools");
		assertThat(run.calls()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "docker info, connecting to the Docker engine",
			"SERVICE=analytics-service, building the image analytics-service", "kind create, creating the cluster",
			"kind load, loading the images", "keda-2.20.2, installing KEDA", "--kustomize, applying k8s/overlays/kind",
			"job/prepare, 'waiting for databases, tables and topics'", "scaledobject, waiting for KEDA" })
	void upNamesTheFailedStepAndStops(String failing, String step) throws Exception {
		this.environment.put("FAIL", failing);
		Run run = run("up");

		assertThat(run.status()).isOne();
		assertThat(run.output()).contains("Failed while " + step, "deploy/kind/down removes the cluster")
			.doesNotContain("Next:");
		assertThat(run.calls().getLast()).contains(failing);
	}

	@Test
	void smokePlacesTheGivenNumberOfOrdersAndFailsWithTheJob() throws Exception {
		this.environment.put("CLUSTERS", "orderflow");
		Run run = run("smoke", "25");
		String manifest = Files.readString(this.directory.resolve("calls.manifest"));

		assertThat(run.status()).as(run.output()).isZero();
		assertThat(manifest).contains("--orders=25");
		Manifests job = Manifests.parse(manifest.replace("generateName: smoke-0-1-0-", "name: smoke-0-1-0"));
		assertThat(Stream.of(Rule.RESTRICTED, Rule.RESOURCES, Rule.IMAGES, Rule.JOBS)
			.flatMap((rule) -> rule.violations(job).stream())).isEmpty();

		this.environment.put("FAIL", "condition=Complete");
		Run failed = run("smoke");
		assertThat(failed.status()).isOne();
		assertThat(failed.output()).contains("Failed while reading the result");
	}

	@Test
	void smokeSaysHowToCreateACluster() throws Exception {
		Run run = run("smoke");

		assertThat(run.status()).isEqualTo(2);
		assertThat(run.output()).contains("No kind cluster orderflow. Create it with deploy/kind/up");
	}

	@Test
	void downRemovesOnlyThisCluster() throws Exception {
		Run run = run("down");

		assertThat(run.status()).isZero();
		assertThat(run.calls()).containsExactly("kind delete cluster --name orderflow");
	}

	@Test
	void shellcheckReportsNothing() throws Exception {
		assumeThat(RenderedTests.onPath("shellcheck")).as("shellcheck is not on the PATH: the scripts are not checked")
			.isTrue();
		List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
		for (String script : List.of("up", "smoke", "down", "common.sh")) {
			command.add("deploy/kind/" + script);
		}

		Run run = run(command, System.getenv());
		assertThat(run.status()).as(run.output()).isZero();
	}

	private Run run(String script, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.tools.resolve("bash").toString(),
				Overlay.ROOT.resolve("deploy/kind/" + script).toString()));
		command.addAll(List.of(arguments));
		return run(command, this.environment);
	}

	private Run run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		ProcessBuilder builder = new ProcessBuilder(command).directory(Overlay.ROOT.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().clear();
		builder.environment().putAll(variables);
		Process process = builder.start();
		assertThat(process.waitFor(SCRIPT_SECONDS_MAX, TimeUnit.SECONDS)).as("ended in time").isTrue();
		Path calls = this.directory.resolve("calls");
		return new Run(process.exitValue(), Files.readString(output),
				Files.exists(calls) ? Files.readAllLines(calls) : List.of());
	}

	record Run(int status, String output, List<String> calls) {
	}

}
