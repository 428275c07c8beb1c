package dev.orderflow.stack.environment;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the image {@code orderflow/local-stack} runs. {@code ./demo} has all of this built
 * in; these are its parts for an environment that somebody else started.
 */
@Command(name = "local-stack", subcommands = { Setup.class, Reconcile.class, Train.class },
		description = { "Prepares and checks an Orderflow that runs elsewhere, and trains its images.", "" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:done, or all adds up", "1:not done, or does not add up", "2:wrong arguments" })
public final class LocalStack {

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
			description = "Show this.")
	private boolean help;

	/** Runs the command line. */
	public static void main(String[] arguments) {
		System.setProperty("logback.configurationFile", "stack-logback.xml");
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new LocalStack()).setCaseInsensitiveEnumValuesAllowed(true)
			.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
				commandLine.getErr().println(message(failure));
				return 1;
			});
	}

	/*
	 * What was expected and what was found, without the stack: it is about the
	 * environment.
	 */
	private static String message(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause != null) ? failure.getMessage() + ": " + cause.getMessage()
				: String.valueOf(failure.getMessage());
	}

}
