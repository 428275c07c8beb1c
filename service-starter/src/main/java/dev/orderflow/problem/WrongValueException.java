package dev.orderflow.problem;

/**
 * A parameter or header that its type refuses. {@code ProblemAdvice} answers its name,
 * what was expected and what was found.
 */
public final class WrongValueException extends IllegalArgumentException {

	private final String expected;

	/** What would have been right, as it reads after "Expected". */
	public WrongValueException(String expected) {
		super("Expected " + expected);
		this.expected = expected;
	}

	String expected() {
		return this.expected;
	}

}
