package dev.orderflow.scaling;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.orderflow.scaling.lint.Facts;
import dev.orderflow.scaling.lint.Lint;
import dev.orderflow.scaling.manifest.InvalidManifestException;
import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;
import dev.orderflow.scaling.simulation.Recording;
import dev.orderflow.scaling.simulation.Scenario;
import dev.orderflow.scaling.simulation.Scenarios;
import dev.orderflow.scaling.simulation.Tick;
import dev.orderflow.scaling.tuning.Score;
import dev.orderflow.scaling.tuning.Score.Weights;
import dev.orderflow.scaling.tuning.Search;
import dev.orderflow.scaling.tuning.Search.Candidate;
import dev.orderflow.scaling.tuning.Search.Traffic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code bin/tune} runs: a search for better scaling values of a consumer. Standard
 * output is YAML, a patch for each of the best; progress is on standard error.
 */
@Command(name = "tune", sortOptions = false,
		description = { "Searches for scaling values of a consumer that cost less for your traffic, and",
				"prints the cheapest as patches of its ScaledObject. None of the values tried is",
				"better in both replica-seconds and late events, which wait longer than " + Tick.OBJECTIVE_SECONDS
						+ " s.",
				"Needs no cluster.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:searched", "2:wrong arguments, or an invalid file" }, footerHeading = "%nExamples:%n",
		footer = { "  bin/tune inventory-service --cost-replica-second 1 --cost-late-event 0.01",
				"  bin/tune inventory-service --cost-replica-second 1 --cost-late-event 0.01 \\",
				"    --arrivals orders.csv > patches.yaml", "",
				"bin/simulate --help describes the scenarios and the format of arrivals." })
public final class Tune implements Callable<Integer> {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the ScaledObject.")
	private String service = "";

	@Option(names = "--cost-replica-second", paramLabel = "X", required = true,
			description = "Cost of one replica for a second, in any currency.")
	private double costReplicaSecond;

	@Option(names = "--cost-late-event", paramLabel = "Y", required = true,
			description = "Cost of one late event, in the same currency.")
	private double costLateEvent;

	@Option(names = "--scenario", paramLabel = "NAME", description = "One scenario. Default: all of them.")
	private @Nullable String scenario;

	@Mixin
	private ArrivalOptions arrivals = new ArrivalOptions();

	@Option(names = "--manifests", paramLabel = "FILE", defaultValue = "${sys:manifests:-k8s/rendered/kind.yaml}",
			description = "YAML file with the ScaledObject. Default: k8s/rendered/kind.yaml.")
	private Path manifests = Path.of("");

	@Mixin
	private ReplicaOptions replica = new ReplicaOptions();

	@Option(names = "--policies", paramLabel = "N", defaultValue = "200",
			description = "How many policies it tries. Default: ${DEFAULT-VALUE}.")
	private int policies;

	@Option(names = "--seconds", paramLabel = "N", defaultValue = "60",
			description = "When it stops trying more. Default: ${DEFAULT-VALUE}.")
	private int seconds;

	@Option(names = "--show", paramLabel = "N", defaultValue = "3",
			description = "How many of the best it prints, the cheapest first. Default: ${DEFAULT-VALUE}.")
	private int show;

	@Spec
	private @Nullable CommandSpec spec;

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new Tune());
	}

	@Override
	public Integer call() {
		try {
			Weights weights = new Weights(this.costReplicaSecond, this.costLateEvent);
			require(this.policies > 0 && this.seconds > 0 && this.show > 0,
					"Expected --policies, --seconds and --show above 0, found %d, %d and %d", this.policies,
					this.seconds, this.show);
			Map<String, Object> document = document();
			Recording recording = this.arrivals.read().orElse(null);
			require(recording == null || this.scenario == null, "--arrivals and --prometheus exclude --scenario");
			Lint lint = new Lint(Facts.ofProject(Measured.load().services()));
			print(new Search(document, this.replica.of(this.service, recording), Traffic.of(scenarios(), recording),
					lint), weights);
			return 0;
		}
		catch (InvalidManifestException | IllegalArgumentException ex) {
			throw new ParameterException(command(), ex.getMessage());
		}
	}

	private Map<String, Object> document() {
		require(Files.isRegularFile(this.manifests), "No file %s. Rendered manifests are in k8s/rendered",
				this.manifests);
		List<String> consumers = Manifests.read(this.manifests)
			.scaledObjects()
			.stream()
			.filter((object) -> object.spec().triggers().getFirst().source() instanceof KafkaSource)
			.map(ScaledObject::name)
			.toList();
		require(consumers.contains(this.service),
				"Expected a ScaledObject in %s that scales on lag, one of %s, found %s", this.manifests,
				String.join(", ", consumers), this.service);
		return Manifests.document(this.manifests, this.service).orElseThrow();
	}

	private List<Scenario> scenarios() {
		List<Scenario> chosen = Scenarios.all()
			.stream()
			.filter((one) -> this.scenario == null || one.name().equals(this.scenario))
			.toList();
		require(!chosen.isEmpty(), "Expected one of the scenarios %s, found %s",
				Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", ")), this.scenario);
		return chosen;
	}

	private void print(Search search, Weights weights) {
		PrintWriter err = command().getErr();
		Score shipped = search.shipped();
		List<Candidate> front = search.run(this.policies, Duration.ofSeconds(this.seconds), (tried, best) -> {
			err.printf("Tried %d of %d policies; %d of them are not beaten%n", tried, this.policies, best);
			err.flush();
		});
		List<Candidate> best = front.stream()
			.sorted(Comparator.comparingDouble((one) -> one.score().cost(weights)))
			.limit(this.show)
			.toList();
		require(!best.isEmpty(), "Expected a policy without a trap for %s, found none", this.service);
		PrintWriter out = command().getOut();
		summary(search, shipped, best, weights).forEach((line) -> out.println("# " + line));
		best.forEach((one) -> {
			Score.Worst worst = one.score().worst(shipped, weights);
			out.printf(Locale.ROOT, "---%n# %s%n# Worst in %s: %.2f times the cost of today's values%n%s",
					row("Policy " + (best.indexOf(one) + 1), one.score(), weights).strip(), worst.scenario(),
					worst.ratio(), search.patch(one.policy()));
		});
		out.flush();
	}

	private List<String> summary(Search search, Score shipped, List<Candidate> best, Weights weights) {
		List<String> lines = new ArrayList<>();
		lines.add(String.format(Locale.ROOT, "%s in %s. %d policies tried.", this.service,
				shipped.parts().stream().map(Score.Part::scenario).collect(Collectors.joining(", ")), search.tried()));
		lines.add(String.format(Locale.ROOT, "A replica-second costs %s, an event later than %d s costs %s.",
				weights.replicaSecond(), Tick.OBJECTIVE_SECONDS, weights.lateEvent()));
		lines.add(row("today", shipped, weights));
		best.forEach((one) -> lines.add(row("policy " + (best.indexOf(one) + 1), one.score(), weights)));
		if (best.getFirst().score().cost(weights) >= shipped.cost(weights)) {
			lines.add("Today's values cost no more than the best of these.");
		}
		return lines;
	}

	private static String row(String name, Score score, Weights weights) {
		return String.format(Locale.ROOT, "%-9s %9d replica-s, %9d late (%.2f %%), cost %.6g", name,
				score.replicaSeconds(), score.late(), score.latePercent(), score.cost(weights));
	}

	private static void require(boolean holds, String message, @Nullable Object... arguments) {
		if (!holds) {
			throw new IllegalArgumentException(message.formatted(arguments));
		}
	}

	private CommandLine command() {
		return Objects.requireNonNull(this.spec).commandLine();
	}

}
