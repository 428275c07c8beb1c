package dev.orderflow.scaling.manifest;

import org.jspecify.annotations.Nullable;

/** Checks whose failures say what was expected and what was found. */
final class Require {

	private Require() {
	}

	static <T> T present(@Nullable T value, String field) {
		if (value == null) {
			throw new IllegalArgumentException("expected %s, found none".formatted(field));
		}
		return value;
	}

	static int atLeast(int minimum, int value, String field) {
		return between(minimum, Integer.MAX_VALUE, value, field);
	}

	static int between(int minimum, int maximum, int value, String field) {
		if (value < minimum || value > maximum) {
			String range = (maximum == Integer.MAX_VALUE) ? "at least " + minimum : minimum + " to " + maximum;
			throw new IllegalArgumentException("expected %s of %s, found %d".formatted(field, range, value));
		}
		return value;
	}

	static void that(boolean holds, String message, @Nullable Object... arguments) {
		if (!holds) {
			throw new IllegalArgumentException(message.formatted(arguments));
		}
	}

}
