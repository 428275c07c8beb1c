package dev.orderflow.load;

/** A server that a scenario needs is unavailable; the message says what to do. */
final class NotThereException extends RuntimeException {

	NotThereException(String what, String reason, String advice) {
		super("%s is not available: %s. %s".formatted(what, reason, advice));
	}

}
