package dev.orderflow.events;

import org.jspecify.annotations.Nullable;

/**
 * Checks event data. Messages contain what was expected and found, never the payload.
 */
final class Require {

	private Require() {
	}

	static void present(@Nullable Object value, String field) {
		that(value != null, "a value of %s, found none", field);
	}

	static void between(long value, long min, long max, String what) {
		that(value >= min && value <= max, "%s from %d to %d, found %d", what, min, max, value);
	}

	static void that(boolean holds, String expected, Object... arguments) {
		if (!holds) {
			throw new IllegalArgumentException("Expected " + expected.formatted(arguments));
		}
	}

}
