package dev.orderflow.carrier;

/** Conditions on what callers send; a violation names the field. */
final class Require {

	private static final int TEXT_LENGTH_MAX = 1000;

	private Require() {
	}

	static void text(String value, String field) {
		if (value.isBlank() || value.length() > TEXT_LENGTH_MAX) {
			throw new IllegalArgumentException("%s: expected 1 to %d characters, found %d".formatted(field,
					TEXT_LENGTH_MAX, value.strip().length()));
		}
	}

	static void country(String value, String field) {
		if (!value.matches("[A-Z]{2}")) {
			throw new IllegalArgumentException(
					"%s: expected two letters such as DE, found '%s'".formatted(field, value));
		}
	}

	static void atLeastOne(int value, String field) {
		if (value < 1) {
			throw new IllegalArgumentException("%s: expected at least 1, found %d".formatted(field, value));
		}
	}

}
