package dev.orderflow.load;

/** Something that a scenario needs is not there; the message says what to do. */
final class NotThereException extends RuntimeException {

	NotThereException(String expected, String found, String advice) {
		super("Expected %s, found %s. %s".formatted(expected, found, advice));
	}

}
