package dev.orderflow.settings;

/** Checks that a setting lies within its bounds, so that a wrong one fails the start. */
public final class Bounds {

	private Bounds() {
	}

	/**
	 * Requires {@code min <= value <= max}.
	 * @throws IllegalArgumentException naming the property, the bounds and what was found
	 */
	public static <T extends Comparable<T>> void require(String property, T value, T min, T max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw new IllegalArgumentException(
					"%s is out of range: expected %s to %s, found %s".formatted(property, min, max, value));
		}
	}

}
