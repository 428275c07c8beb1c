package dev.orderflow.load;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * What {@code bin/load} runs: one scenario against a running system, with progress every
 * five seconds and a report at the end.
 */
@Command(name = "load", sortOptions = false, synopsisSubcommandLabel = "SCENARIO",
		commandListHeading = "%nScenarios:%n", description = { "Generates load on a running Orderflow.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:failed requests within --failed-percent, all poison acknowledged",
				"1:more failed requests, poison lost, or no system", "2:wrong arguments" },
		footerHeading = "%nExamples:%n",
		footer = { "  bin/load steady                         20 orders a second for a minute",
				"  bin/load flash-sale --rate 10           up to 200 orders a second within 2 s",
				"  bin/load poison --poison-percent 10     one record of ten is poison",
				"  bin/load steady --help                  all options" })
public final class Load implements Runnable {

	/** Most orders a second at the peak of a flash sale. */
	private static final int PEAK_MAX = 2000;

	private static final Logger PREFERENCES = Logger.getLogger("java.util.prefs");

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
	private boolean help;

	@Spec
	private @Nullable CommandSpec spec;

	/** Runs the command line. */
	public static void main(String[] arguments) {
		// Gatling stores the time of its last update check; keep it out of the user's
		// home.
		System.setProperty("java.util.prefs.userRoot", System.getProperty("java.io.tmpdir"));
		PREFERENCES.setLevel(Level.WARNING);
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return Arguments.understoodBy(new CommandLine(new Load()));
	}

	/** Without a scenario there is nothing to run. */
	@Override
	public void run() {
		CommandLine command = spec().commandLine();
		throw new ParameterException(command, Arguments.scenarioMissing(command, "No scenario given"));
	}

	@Command(name = "steady", sortOptions = false, description = "Customers arrive at a constant rate.")
	int steady(@Mixin LoadOptions options) {
		return status(prepare(options).simulate(Steady.class, options.report()));
	}

	@Command(name = "flash-sale", sortOptions = false,
			description = { "In addition to the usual customers, a crowd arrives within seconds.",
					"It orders the same few products for a third of the time, then leaves." })
	int flashSale(@Mixin LoadOptions options, @Option(names = "--factor", paramLabel = "N", defaultValue = "20",
			description = "Peak rate as a multiple of --rate: 2 to 100. Default: ${DEFAULT-VALUE}.") double factor) {
		understood(() -> LoadSettings.requireBetween("--factor", factor, 2, 100));
		understood(() -> LoadSettings.requireBetween("--rate times --factor", options.settings().rate() * factor, 0,
				PEAK_MAX));
		LoadRun run = prepare(options);
		return status(ScopedValue.where(FlashSale.FACTOR, factor)
			.call(() -> run.simulate(FlashSale.class, options.report())));
	}

	@Command(name = "poison", sortOptions = false,
			description = { "Records that no consumer can process, among valid ones.",
					"They are sent directly to the topic, among the events of customers' orders." })
	int poison(@Mixin LoadOptions options,
			@Option(names = "--bootstrap", paramLabel = "HOST:PORT", defaultValue = "localhost:29092",
					description = "Kafka. Default: ${DEFAULT-VALUE}.") String bootstrap,
			@Option(names = "--poison-percent", paramLabel = "PERCENT", defaultValue = "10",
					description = "Percentage of records on the topic that are poison: 1 to 50. "
							+ "Default: ${DEFAULT-VALUE}.") double percent) {
		understood(() -> LoadSettings.requireBetween("--poison-percent", percent, 1, 50));
		LoadRun run = prepare(options);
		PoisonWriter writer = new PoisonWriter(bootstrap, percent);
		boolean fewFailed;
		try (writer) {
			fewFailed = ScopedValue.where(Poison.WRITER, writer)
				.call(() -> run.simulate(Poison.class, options.report()));
		}
		PoisonTally tally = writer.tally();
		spec().commandLine().getOut().println(tally.text());
		return status(fewFailed && tally.lost() == 0);
	}

	/** Reports every error that can be detected before anything starts. */
	private LoadRun prepare(LoadOptions options) {
		understood(options::report);
		LoadSettings settings = understood(options::settings);
		Popularity popularity = new Popularity(Catalogue.skus(settings.url()));
		if (settings.readsPercent() > 0) {
			Catalogue.requireStock(settings.inventoryUrl());
		}
		return new LoadRun(settings, popularity);
	}

	private <T> T understood(Supplier<T> check) {
		try {
			return check.get();
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(spec().commandLine(), String.valueOf(ex.getMessage()));
		}
	}

	private CommandSpec spec() {
		return Objects.requireNonNull(this.spec);
	}

	private static int status(boolean good) {
		return good ? 0 : 1;
	}

}
