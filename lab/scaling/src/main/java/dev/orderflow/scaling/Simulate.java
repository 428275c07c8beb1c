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
import dev.orderflow.scaling.simulation.Cluster;
import dev.orderflow.scaling.simulation.Cluster.Clocks;
import dev.orderflow.scaling.simulation.Recording;
import dev.orderflow.scaling.simulation.Replica;
import dev.orderflow.scaling.simulation.Run;
import dev.orderflow.scaling.simulation.Scenario;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.simulation.Simulation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code bin/simulate} runs: a scenario with a ScaledObject, as a table or as CSV.
 * Known traps in the ScaledObject are reported on standard error.
 */
@Command(name = "simulate", sortOptions = false,
		description = { "Simulates how KEDA and Kubernetes scale with a ScaledObject, second by second,",
				"and reports known traps in it. Needs no cluster.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:simulated", "2:wrong arguments, or an invalid file" },
		footerHeading = "%nArrivals, as CSV:%n",
		footer = { "  time,events               or second,events: an offset in seconds",
				"  2026-11-30T12:00:00Z,120  these arrive evenly within the smallest distance between",
				"  2026-11-30T12:01:00Z,140  two lines; a time without a line has no events", "",
				"Arrivals, as YAML; seconds and arrivals are required:",
				"  seconds: 265              length of the run",
				"  firstPollSecond: 1        KEDA's first poll; 0 by default",
				"  firstSyncSecond: 11       the autoscaler's first sync; 0 by default",
				"  syncPeriodSeconds: 15.06  from one sync to the next; 15 by default",
				"  startSeconds: 7           start time of a single pod; measured.yaml by default",
				"  crowdedStartSeconds: 9    CPU time of each of several simultaneous starts;",
				"                            0 by default: starts do not slow each other",
				"  perSecond: 77             rate of one replica; measured.yaml by default",
				"  assignor: uniform         or range, the default", "  arrivals: { 4: 12446, 5: 42468, 6: 17086 }",
				"                            records by second", "", "Examples:",
				"  bin/simulate k8s/rendered/kind.yaml flash-sale --service inventory-service",
				"  bin/simulate k8s/rendered/kind.yaml steady --service order-service --rate 150",
				"  bin/simulate k8s/rendered/kind.yaml --service shipping-service --arrivals orders.csv",
				"  bin/simulate my-scaled-object.yaml diurnal --csv > diurnal.csv" })
public final class Simulate implements Callable<Integer> {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Parameters(index = "0", paramLabel = "FILE", description = "YAML file with one or more ScaledObjects.")
	private Path file = Path.of("");

	@Parameters(index = "1", arity = "0..1", paramLabel = "SCENARIO",
			description = "One of the scenarios below, unless --arrivals or --prometheus is given.")
	private @Nullable String scenario;

	@Mixin
	private ArrivalOptions arrivals = new ArrivalOptions();

	@Option(names = "--service", paramLabel = "NAME",
			description = "Name of the ScaledObject, if the file has several.")
	private @Nullable String service;

	@Option(names = "--csv", description = "Print CSV with a line for each second.")
	private boolean csv;

	@Option(names = "--rate", paramLabel = "PER_SECOND",
			description = "The base rate. Default: the scenario's multiple of one replica's rate.")
	private @Nullable Double rate;

	@Mixin
	private ReplicaOptions replica = new ReplicaOptions();

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
			Recording recording = recording();
			Scenario chosen = (recording != null) ? recording.scenario() : scenario();
			Manifests manifests = manifests();
			ScaledObject object = scaledObject(manifests);
			Replica replica = replica(object.name(), recording);
			double base = (recording != null) ? 1 : baseRate(chosen, replica);
			Cluster cluster = (recording != null) ? recording.cluster() : Cluster.with(Clocks.TOGETHER);
			print(manifests, object, Simulation.run(object.spec(), chosen, replica, base, cluster));
			return 0;
		}
		catch (InvalidManifestException ex) {
			throw wrong(ex.getMessage());
		}
	}

	private Scenario scenario() {
		return Scenarios.named(Objects.requireNonNullElse(this.scenario, ""))
			.orElseThrow(() -> wrong("%s: expected --arrivals, --prometheus or one of %s".formatted(
					(this.scenario != null) ? "Unknown scenario '%s'".formatted(this.scenario) : "No scenario given",
					Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", ")))));
	}

	private double baseRate(Scenario chosen, Replica replica) {
		return (this.rate != null) ? this.rate : chosen.baseLoad() * replica.perSecond();
	}

	private @Nullable Recording recording() {
		try {
			Recording recording = this.arrivals.read().orElse(null);
			if (recording != null && (this.scenario != null || this.rate != null)) {
				throw wrong("--arrivals and --prometheus exclude SCENARIO and --rate");
			}
			return recording;
		}
		catch (IllegalArgumentException ex) {
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
			throw wrong("No file %s. Rendered manifests are in k8s/rendered".formatted(this.file));
		}
		return Manifests.read(this.file);
	}

	private ScaledObject scaledObject(Manifests manifests) {
		List<String> names = manifests.scaledObjects().stream().map(ScaledObject::name).toList();
		if (names.isEmpty()) {
			throw wrong("No ScaledObject in %s. Rendered manifests are in k8s/rendered".formatted(this.file));
		}
		if (this.service == null && names.size() > 1) {
			throw wrong("%s has several ScaledObjects: choose one with --service: %s".formatted(this.file,
					String.join(", ", names)));
		}
		String name = (this.service != null) ? this.service : names.getFirst();
		return manifests.scaledObject(name)
			.orElseThrow(() -> wrong("No ScaledObject %s in %s: found %s".formatted(name, this.file, names)));
	}

	private Replica replica(String name, @Nullable Recording recording) {
		try {
			return this.replica.of(name, recording);
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
