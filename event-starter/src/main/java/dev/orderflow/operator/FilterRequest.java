package dev.orderflow.operator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.orderflow.deadletter.LetterState;
import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a client sends it, in the query or in a body: texts, of which none has been
 * checked.
 */
record FilterRequest(@Nullable String state, @Nullable String topic, @Nullable String type, @Nullable String key,
		@Nullable String handler, @Nullable String reason, @Nullable String olderThan, @Nullable String newerThan) {

	/** The longest name of a topic is 249 characters. */
	private static final int LENGTH_MAX = 256;

	private static final Duration AGE_MAX = Duration.ofDays(3650);

	static final FilterRequest NOTHING = new FilterRequest(null, null, null, null, null, null, null, null);

	/**
	 * The filter, without ids.
	 * @throws org.springframework.web.ErrorResponseException with status 400 for a value
	 * that is not as expected
	 */
	LetterFilter filter() {
		return new LetterFilter(states(), List.of(), text("topic", this.topic), text("type", this.type),
				text("key", this.key), text("handler", this.handler), text("reason", this.reason),
				age("olderThan", this.olderThan), age("newerThan", this.newerThan));
	}

	private Set<LetterState> states() {
		if (this.state == null) {
			return Set.of();
		}
		String name = this.state.toUpperCase(Locale.ROOT);
		LetterState found = Arrays.stream(LetterState.values())
			.filter((state) -> state.name().equals(name))
			.findFirst()
			.orElse(null);
		Problems.require(found != null, "state", "one of " + Arrays.toString(LetterState.values()), this.state);
		return (found != null) ? Set.of(found) : Set.of();
	}

	/** Of a length and in characters that PostgreSQL compares. */
	static @Nullable String text(String field, @Nullable String value) {
		if (value != null) {
			boolean isText = !value.isBlank() && value.length() <= LENGTH_MAX
					&& value.codePoints()
						.noneMatch((character) -> Character.isISOControl(character)
								|| Character.getType(character) == Character.SURROGATE);
			Problems.require(isText, field,
					"text of 1 to %d characters, not blank, without control characters".formatted(LENGTH_MAX), value);
		}
		return value;
	}

	private static @Nullable Duration age(String field, @Nullable String value) {
		if (value == null) {
			return null;
		}
		Duration age = parse(value);
		Problems.require(age != null && !age.isNegative() && age.compareTo(AGE_MAX) <= 0, field,
				"a duration in ISO 8601 of up to 3650 days, like PT1H", value);
		return age;
	}

	private static @Nullable Duration parse(String value) {
		try {
			return Duration.parse(value);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
