package dev.orderflow.setup;

import picocli.CommandLine;

/**
 * How commands run that work on servers elsewhere. A failure is told in words, without
 * the stack: it is about the environment.
 */
public final class CommandRunner {

	private CommandRunner() {
	}

	/** Runs the command and ends the process with its exit code. */
	public static void run(Object command, String... arguments) {
		System.setProperty("logback.configurationFile", "command-logback.xml");
		System.exit(commandLine(command).execute(arguments));
	}

	/** The command line of the command; 1 is its exit code for a failure. */
	public static CommandLine commandLine(Object command) {
		return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true)
			.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
				commandLine.getErr().println(message(failure));
				return 1;
			});
	}

	private static String message(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause != null) ? failure.getMessage() + ": " + cause.getMessage()
				: String.valueOf(failure.getMessage());
	}

}
