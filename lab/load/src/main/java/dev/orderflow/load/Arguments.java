package dev.orderflow.load;

import java.time.Duration;
import java.time.format.DateTimeParseException;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments and reports invalid ones. */
final class Arguments {

	private static final int WRONG_ARGUMENTS = 2;

	private Arguments() {
	}

	static CommandLine understoodBy(CommandLine command) {
		IExecutionExceptionHandler notThere = (failure, failed, parsed) -> {
			if (failure instanceof NotThereException) {
				failed.getErr().println(failure.getMessage());
				return 1;
			}
			throw failure;
		};
		return command.registerConverter(double.class, Arguments::number)
			.registerConverter(Duration.class, Arguments::duration)
			.setParameterExceptionHandler((wrong, arguments) -> explain(wrong))
			.setExecutionExceptionHandler(notThere);
	}

	private static int explain(ParameterException wrong) {
		CommandLine command = wrong.getCommandLine();
		boolean inScenario = command.getParent() != null;
		command.getErr()
			.println((!inScenario && wrong instanceof UnmatchedArgumentException unmatched)
					? scenarioMissing(command, "Unknown scenario '%s'".formatted(unmatched.getUnmatched().getFirst()))
					: wrong.getMessage());
		command.getErr().println("See bin/load --help, or bin/load SCENARIO --help for its options");
		return WRONG_ARGUMENTS;
	}

	/** A message that lists the scenarios. */
	static String scenarioMissing(CommandLine command, String what) {
		return "%s: expected one of %s".formatted(what, String.join(", ", command.getSubcommands().keySet()));
	}

	private static Double number(String text) {
		try {
			return Double.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("'%s' is not a number".formatted(text));
		}
	}

	private static Duration duration(String text) {
		try {
			return Duration.parse("PT" + text);
		}
		catch (DateTimeParseException ex) {
			throw new TypeConversionException("'%s' is not a time: expected one such as 90s or 1h30m".formatted(text));
		}
	}

}
