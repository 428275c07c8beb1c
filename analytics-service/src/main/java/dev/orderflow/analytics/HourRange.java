package dev.orderflow.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Whole hours in UTC, because figures are kept by the hour.
 *
 * @param from start of the first hour
 * @param to end of the last hour
 */
record HourRange(Instant from, Instant to) {

	/** Longest range: a month, so that an answer by hour has at most 744 rows. */
	static final Duration LENGTH_MAX = Duration.ofDays(31);

	private static final Duration LENGTH_DEFAULT = Duration.ofDays(1);

	private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	/**
	 * The requested range, widened to whole hours.
	 * @param from inclusive; null for a day before {@code to}
	 * @param to exclusive; null for the end of the hour that {@code now} is in
	 */
	static HourRange of(@Nullable Instant from, @Nullable Instant to, Instant now) {
		Instant last = upToHour(checked("to", (to != null) ? to : endOfHour(now)));
		Instant first = checked("from", (from != null) ? from : last.minus(LENGTH_DEFAULT))
			.truncatedTo(ChronoUnit.HOURS);
		Problems.require(first.isBefore(last), "from", "an instant before the end of the range, " + last, first);
		Problems.require(Duration.between(first, last).compareTo(LENGTH_MAX) <= 0, "from",
				"an instant at most %d days before the end of the range, %s".formatted(LENGTH_MAX.toDays(), last),
				first);
		return new HourRange(first, last);
	}

	long hours() {
		return Duration.between(this.from, this.to).toHours();
	}

	private static Instant checked(String field, Instant instant) {
		Problems.require(!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST), field,
				"an instant from %s to %s".formatted(EARLIEST, LATEST), instant);
		return instant;
	}

	private static Instant endOfHour(Instant instant) {
		return instant.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
	}

	private static Instant upToHour(Instant instant) {
		return instant.truncatedTo(ChronoUnit.HOURS).equals(instant) ? instant : endOfHour(instant);
	}

}
