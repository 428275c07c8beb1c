package dev.orderflow.carrier;

/**
 * How the carrier treats quotes, bookings and cancellations.
 *
 * @param latencyMillis how long each of them takes, 0 to {@value #LATENCY_MILLIS_MAX}
 * @param failureRate the share of them that is answered with 503, 0 to 1
 */
public record Behaviour(int latencyMillis, double failureRate) {

	/** The longest latency. */
	public static final int LATENCY_MILLIS_MAX = 60_000;

	/** A carrier that works. */
	public static final Behaviour NORMAL = new Behaviour(20, 0);

	public Behaviour {
		if (latencyMillis < 0 || latencyMillis > LATENCY_MILLIS_MAX) {
			throw new IllegalArgumentException("latencyMillis is out of range: expected 0 to %d, found %d"
				.formatted(LATENCY_MILLIS_MAX, latencyMillis));
		}
		if (!(failureRate >= 0 && failureRate <= 1)) {
			throw new IllegalArgumentException(
					"failureRate is out of range: expected 0 to 1, found %s".formatted(failureRate));
		}
	}

}
