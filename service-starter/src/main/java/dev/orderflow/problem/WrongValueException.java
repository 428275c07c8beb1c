package dev.orderflow.problem;

/**
 * A parameter or header that its type rejects. {@code ProblemAdvice} answers with its
 * name, what was expected and what was found.
 */
public final class WrongValueException extends IllegalArgumentException {

	private final String expected;

	/** Takes a description of the valid values, worded to follow "expected". */
	public WrongValueException(String expected) {
		super("Invalid value: expected " + expected);
		this.expected = expected;
	}

	String expected() {
		return this.expected;
	}

}
