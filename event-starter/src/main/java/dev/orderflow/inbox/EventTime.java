package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The times of events that the markers can vouch for. An older event cannot be told from
 * one that was applied before its marker expired; one of the future would outlive its
 * marker and be applied once more when it is delivered again.
 *
 * @param ageMax the oldest event that is applied
 * @param aheadMax how far a producer's clock may be ahead
 */
record EventTime(Duration ageMax, Duration aheadMax, Clock clock) {

	/**
	 * What is wrong with an event of that time; null when it is applied.
	 * @param appended when the broker took the record: a clock of this process that is
	 * behind makes no event of the future
	 */
	@Nullable String defectOf(Instant time, Instant appended) {
		Instant now = this.clock.instant();
		Instant oldest = now.minus(this.ageMax);
		if (time.isBefore(oldest)) {
			return "Too old to know whether it was applied: expected time after %s, found %s".formatted(oldest, time);
		}
		Instant latest = (appended.isAfter(now) ? appended : now).plus(this.aheadMax);
		if (time.isAfter(latest)) {
			return "Too far ahead to be known when it is delivered again: expected time before %s, found %s"
				.formatted(latest, time);
		}
		return null;
	}

}
