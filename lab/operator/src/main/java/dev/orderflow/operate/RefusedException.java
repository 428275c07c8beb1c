package dev.orderflow.operate;

/** The command cannot go on; the message says why, and what to do next. */
final class RefusedException extends RuntimeException {

	private final int exitCode;

	RefusedException(int exitCode, String message) {
		super(message);
		this.exitCode = exitCode;
	}

	int exitCode() {
		return this.exitCode;
	}

}
