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
					? scenarioMissing(command, unmatched.getUnmatched().getFirst()) : wrong.getMessage());
		command.getErr().println("See bin/load --help, or bin/load SCENARIO --help for its options");
		return WRONG_ARGUMENTS;
	}

	/** Lists the scenarios. */
	static String scenarioMissing(CommandLine command, String found) {
		return "Expected a scenario (%s), found %s".formatted(String.join(", ", command.getSubcommands().keySet()),
				found);
	}

	private static Double number(String text) {
		try {
			return Double.valueOf(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("Expected a number, found '%s'".formatted(text));
		}
	}

	private static Duration duration(String text) {
		try {
			return Duration.parse("PT" + text);
		}
		catch (DateTimeParseException ex) {
			throw new TypeConversionException("Expected a time such as 90s or 1h30m, found '%s'".formatted(text));
		}
	}

}
