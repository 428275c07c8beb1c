package dev.orderflow.scaling;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.orderflow.scaling.lint.Facts;
import dev.orderflow.scaling.lint.Lint;
import dev.orderflow.scaling.manifest.InvalidManifestException;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Replica;
import dev.orderflow.scaling.simulation.Run;
import dev.orderflow.scaling.simulation.Scenario;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.simulation.Simulation;
import dev.orderflow.scaling.simulation.Simulation.Clocks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code ./simulate} runs: a scenario with a ScaledObject, as a table or as CSV.
 * Known traps in the ScaledObject go to standard error.
 */
@Command(name = "simulate", sortOptions = false,
		description = { "Says what KEDA and Kubernetes would do with a ScaledObject, second by second,",
				"and names the known traps in it. Starts nothing.", "" },
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:simulated", "2:wrong arguments or a wrong file" },
		footerHeading = "%nExamples:%n",
		footer = { "  ./simulate k8s/rendered/kind.yaml flash-sale --service inventory-service",
				"  ./simulate k8s/rendered/kind.yaml steady --service order-service --rate 150",
				"  ./simulate my-scaled-object.yaml diurnal --csv > diurnal.csv" })
public final class Simulate implements Callable<Integer> {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this.")
	private boolean help;

	@Parameters(index = "0", paramLabel = "FILE", description = "YAML with a ScaledObject, or with several.")
	private Path file = Path.of("");

	@Parameters(index = "1", paramLabel = "SCENARIO", description = "One of those below.")
	private String scenario = "";

	@Option(names = "--service", paramLabel = "NAME", description = "Which ScaledObject, where the file has several.")
	private @Nullable String service;

	@Option(names = "--csv", description = "A line for each second, for a program.")
	private boolean csv;

	@Option(names = "--rate", paramLabel = "PER_SECOND",
			description = "The base rate. Default: the scenario's share of what one replica takes.")
	private @Nullable Double rate;

	@Option(names = "--start", paramLabel = "SECONDS",
			description = "From a pod's creation to its readiness. Default: as measured.")
	private @Nullable Integer startSeconds;

	@Option(names = "--per-second", paramLabel = "N", description = "What one replica takes. Default: as measured.")
	private @Nullable Integer perSecond;

	@Spec
	private @Nullable CommandSpec spec;

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		CommandLine commandLine = new CommandLine(new Simulate());
		String scenarios = Scenarios.all()
			.stream()
			.map((scenario) -> "  %-20s %s%n".formatted(scenario.name(), scenario.description()))
			.collect(Collectors.joining());
		commandLine.getHelpSectionMap()
			.put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
					(help) -> "%nScenarios:%n".formatted() + scenarios + help.exitCodeListHeading());
		return commandLine;
	}

	@Override
	public Integer call() {
		try {
			Scenario chosen = Scenarios.named(this.scenario)
				.orElseThrow(() -> wrong("Expected a scenario, found '%s'. Known are: %s".formatted(this.scenario,
						Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", ")))));
			Manifests manifests = manifests();
			ScaledObject object = scaledObject(manifests);
			Replica replica = replica(object.name());
			double base = (this.rate != null) ? this.rate : chosen.baseLoad() * replica.perSecond();
			print(manifests, object, Simulation.run(object.spec(), chosen, replica, base, Clocks.TOGETHER));
			return 0;
		}
		catch (InvalidManifestException ex) {
			throw wrong(ex.getMessage());
		}
	}

	private void print(Manifests manifests, ScaledObject object, Run run) {
		PrintWriter out = command().getOut();
		PrintWriter err = command().getErr();
		new Lint(Facts.ofProject(Measured.load().services())).check(manifests, object)
			.forEach((finding) -> err.println("Trap: " + finding));
		if (!this.csv) {
			out.printf("%s, %s: %s; a replica is ready after %d s and takes %d/s%n%n", object.name(),
					run.scenario().name(), run.scenario().description(), run.replica().startSeconds(),
					run.replica().perSecond());
		}
		List<String> lines = this.csv ? new RunText(run).csv() : new RunText(run).table();
		lines.forEach(out::println);
		out.flush();
		err.flush();
	}

	private Manifests manifests() {
		if (!Files.isRegularFile(this.file)) {
			throw wrong(
					"Expected a YAML file, found none at %s. Rendered ones are in k8s/rendered".formatted(this.file));
		}
		return Manifests.read(this.file);
	}

	private ScaledObject scaledObject(Manifests manifests) {
		List<String> names = manifests.scaledObjects().stream().map(ScaledObject::name).toList();
		if (names.isEmpty()) {
			throw wrong("Expected a ScaledObject in %s, found none. Rendered ones are in k8s/rendered"
				.formatted(this.file));
		}
		if (this.service == null && names.size() > 1) {
			throw wrong(
					"Expected --service, because %s has several: %s".formatted(this.file, String.join(", ", names)));
		}
		String name = (this.service != null) ? this.service : names.getFirst();
		return manifests.scaledObject(name)
			.orElseThrow(() -> wrong("Expected a ScaledObject %s in %s, found %s".formatted(name, this.file, names)));
	}

	private Replica replica(String name) {
		Replica measured = Measured.load().of(name).orElse(null);
		Integer start = (this.startSeconds == null && measured != null) ? Integer.valueOf(measured.startSeconds())
				: this.startSeconds;
		Integer speed = (this.perSecond == null && measured != null) ? Integer.valueOf(measured.perSecond())
				: this.perSecond;
		if (start == null || speed == null) {
			throw wrong("Expected --start and --per-second, because nobody measured %s. Measured are: %s".formatted(
					name, Measured.load().services().keySet().stream().sorted().collect(Collectors.joining(", "))));
		}
		try {
			return new Replica(start, speed);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(ex.getMessage());
		}
	}

	private ParameterException wrong(@Nullable String message) {
		return new ParameterException(command(), message);
	}

	private CommandLine command() {
		return Objects.requireNonNull(this.spec).commandLine();
	}

}
