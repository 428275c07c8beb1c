package dev.orderflow.analytics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A rebuild of the figures from the topics.
 *
 * @param set the set of figures that it fills
 * @param number 1 for the first one; no two rebuilds share a number
 * @param firstHour it recomputes this hour and later ones, and copies earlier ones; null
 * if it recomputes every hour
 */
public record Rebuild(FigureSet set, int number, @Nullable Instant firstHour) {

	/** Spring profile of a process that rebuilds the figures instead of serving them. */
	public static final String PROFILE = "rebuild";

	/** Name of its handler and of its consumer group. */
	public String handler() {
		return "analytics-service.rebuild-" + this.number;
	}

	/** Whether it recomputes that hour. */
	public boolean recomputes(Instant hour) {
		return this.firstHour == null || !hour.isBefore(this.firstHour);
	}

}
