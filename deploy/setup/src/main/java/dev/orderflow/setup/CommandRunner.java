package dev.orderflow.setup;

import picocli.CommandLine;

/**
 * Runs commands that work on remote servers. A failure is reported as a message without a
 * stack trace, because its cause is in the environment.
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
