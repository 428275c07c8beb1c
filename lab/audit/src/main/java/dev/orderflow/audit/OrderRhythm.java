package dev.orderflow.audit;

import java.time.Duration;
import java.util.Random;

/**
 * Pauses between orders, as in a shop: orders arrive at random (exponential pauses, a
 * Poisson process), and about every {@value #BURST_EVERY_SECONDS} seconds a burst
 * arrives, as many orders as usual in {@value #BURST_SECONDS} seconds. The same seed
 * gives the same pauses. Not thread-safe.
 */
public final class OrderRhythm {

	private static final int BURST_EVERY_SECONDS = 30;

	private static final int BURST_SECONDS = 10;

	/* Upper limit on a random pause; 1 in 20,000 would be longer. */
	private static final double PAUSES_MAX = 10;

	private final double perSecond;

	private final Random random;

	private double secondsToBurst;

	private long burstLeft;

	/**
	 * A rhythm.
	 * @param perSecond orders a second on average, without bursts; more than 0
	 */
	public OrderRhythm(double perSecond, long seed) {
		if (!(perSecond > 0)) {
			throw new IllegalArgumentException("Rate " + perSecond + " is out of range: expected above 0");
		}
		this.perSecond = perSecond;
		this.random = new Random(seed);
		this.secondsToBurst = BURST_EVERY_SECONDS;
	}

	/** How long to wait before the next order. */
	Duration next() {
		if (this.burstLeft > 0) {
			this.burstLeft--;
			return Duration.ZERO;
		}
		double pauses = Math.min(PAUSES_MAX, -Math.log(1 - this.random.nextDouble()));
		double seconds = pauses / this.perSecond;
		this.secondsToBurst -= seconds;
		if (this.secondsToBurst <= 0) {
			this.secondsToBurst = BURST_EVERY_SECONDS * (0.5 + this.random.nextDouble());
			this.burstLeft = Math.round(BURST_SECONDS * this.perSecond);
		}
		return Duration.ofNanos(Math.round(seconds * 1e9));
	}

}
