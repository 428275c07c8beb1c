package dev.orderflow.faults;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.orderflow.demo.Stack;
import dev.orderflow.demo.StackSettings;
import dev.orderflow.topology.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code bin/audit} runs. */
@Command(name = "audit", sortOptions = false,
		description = { "Starts Orderflow on free ports of this machine, places orders and cancels some, breaks one",
				"thing after the other, and compares answers, topics and databases in the end.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:nothing was lost, doubled or reordered, and the system recovered from every fault",
				"1:otherwise, or the start failed", "2:wrong arguments" },
		footerHeading = "%nExamples:%n",
		footer = { "  bin/audit --minutes 30 --seed 7", "  bin/audit --minutes 5 --only kill-kafka,poison",
				"  bin/audit --plan database-closed:analytics-service:180", "  bin/audit --plan kill-kafka:kafka:180" })
public final class Audit implements Callable<Integer> {

	private static final int MINUTES_MAX = 24 * 60;

	private static final double RATE_MAX = 500;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	private boolean help;

	@Option(names = "--minutes", paramLabel = "N", defaultValue = "5",
			description = "How long faults happen, 1 to " + MINUTES_MAX + ". Default: ${DEFAULT-VALUE}.")
	private int minutes;

	@Option(names = "--seed", paramLabel = "N", defaultValue = "1",
			description = "The same seed gives the same orders and faults. Default: ${DEFAULT-VALUE}.")
	private long seed;

	@Option(names = "--rate", paramLabel = "RATE", defaultValue = "8",
			description = "Average number of orders a second, above 0 and up to 500, in addition to a burst about every "
					+ "30 seconds. Default: ${DEFAULT-VALUE}.")
	private double rate;

	@Option(names = "--faults", paramLabel = "N", defaultValue = "100000",
			description = "Most faults. Default: no limit.")
	private int faults;

	@Option(names = "--only", paramLabel = "KIND", split = ",",
			description = "Only these kinds of faults: kill-service, stop-service, freeze-service, clock-ahead, scaled, "
					+ "kill-kafka, freeze-kafka, kill-postgres, freeze-postgres, database-closed, lock-held, "
					+ "carrier-failing, duplicates, poison.")
	private List<String> only = List.of();

	@Option(names = "--plan", paramLabel = "KIND:SUBJECT:SECONDS", split = ",",
			description = "These faults in this sequence, instead of random ones.")
	private List<String> plan = List.of();

	@Option(names = "--root", hidden = true)
	private Path root = Path.of("");

	@Spec
	private @Nullable CommandSpec spec;

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.setProperty("logback.configurationFile", "command-logback.xml");
		System.exit(new CommandLine(new Audit()).execute(arguments));
	}

	@Override
	public Integer call() throws InterruptedException {
		require(this.minutes >= 1 && this.minutes <= MINUTES_MAX, "--minutes", "1 to " + MINUTES_MAX, this.minutes);
		require(this.rate > 0 && this.rate <= RATE_MAX, "--rate", "above 0 and up to 500", this.rate);
		require(this.faults >= 1, "--faults", "1 or more", this.faults);
		require(this.only.isEmpty() || this.plan.isEmpty(), "--plan", "no --only beside it", this.only);
		Stack stack = new Stack(StackSettings.freePorts(Topology.load(), this.root, this.root.resolve(".audit")),
				this.out::println);
		Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-stop"));
		try {
			AuditRun.requireKnown(this.only, this.plan, stack);
			stack.start();
			AuditRun run = new AuditRun(stack, this.seed, this.out::println);
			Verdict verdict = this.plan.isEmpty()
					? run.random(this.only, Duration.ofMinutes(this.minutes), this.faults, this.rate)
					: run.planned(this.plan, this.rate);
			this.out.println();
			this.out.println(verdict.text());
			return verdict.holds() ? 0 : 1;
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine(), String.valueOf(ex.getMessage()));
		}
		catch (IllegalStateException ex) {
			if (!stack.isClosed()) {
				System.err.println(ex.getMessage());
			}
			return 1;
		}
	}

	private void require(boolean met, String option, String expected, Object found) {
		if (!met) {
			throw new ParameterException(commandLine(),
					"%s is out of range: expected %s, found %s".formatted(option, expected, found));
		}
	}

	private CommandLine commandLine() {
		return (this.spec != null) ? this.spec.commandLine() : new CommandLine(this);
	}

}
