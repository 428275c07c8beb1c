package dev.orderflow.consumption;

import java.time.Instant;

/**
 * A pause of the consumption.
 *
 * @param at since when
 * @param by name of the consumer that paused itself, or of the operator
 * @param reason what an operator needs to know, up to {@value #REASON_MAX} characters
 */
public record Pause(Instant at, String by, String reason) {

	/** Most characters of a reason; more are cut. */
	public static final int REASON_MAX = 500;

	public Pause {
		reason = (reason.length() <= REASON_MAX) ? reason : reason.substring(0, REASON_MAX);
	}

}
