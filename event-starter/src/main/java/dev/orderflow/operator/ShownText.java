package dev.orderflow.operator;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Bytes from a record as text that a terminal shows safely. */
final class ShownText {

	/** Longest text, in characters. */
	private static final int LENGTH_MAX = 256;

	private ShownText() {
	}

	/** In UTF-8, cut, on one line and without control characters; null for null. */
	static @Nullable String of(byte @Nullable [] bytes) {
		if (bytes == null) {
			return null;
		}
		int length = Math.min(bytes.length, LENGTH_MAX);
		return new String(bytes, 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
	}

}
