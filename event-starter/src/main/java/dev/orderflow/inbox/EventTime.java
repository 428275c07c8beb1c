package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The event times for which the markers guarantee deduplication. An older event cannot be
 * distinguished from one that was applied and whose marker has expired; an event from the
 * future would outlive its marker and be applied again on redelivery.
 *
 * @param ageMax the oldest event that is applied
 * @param aheadMax how far a producer's clock may be ahead
 */
record EventTime(Duration ageMax, Duration aheadMax, Clock clock) {

	/**
	 * Why an event of that time is rejected; null if it is accepted.
	 * @param appended when the broker appended the record: if the clock of this process
	 * is behind, this time decides whether an event is from the future
	 */
	@Nullable String defectOf(Instant time, Instant appended) {
		Instant now = this.clock.instant();
		Instant oldest = now.minus(this.ageMax);
		if (time.isBefore(oldest)) {
			return "Too old for deduplication: expected time after %s, found %s".formatted(oldest, time);
		}
		Instant latest = (appended.isAfter(now) ? appended : now).plus(this.aheadMax);
		if (time.isAfter(latest)) {
			return "Too far in the future for deduplication: expected time before %s, found %s".formatted(latest, time);
		}
		return null;
	}

}
