package dev.orderflow.demo.summary;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Computes the p99 of the last minute from a cumulative histogram, as the difference of
 * two readings. It interpolates within a bucket, as Prometheus does. The first reading
 * only starts the minute. Not thread-safe.
 */
final class AgeWindow {

	/** Length of the window. */
	static final Duration LENGTH = Duration.ofMinutes(1);

	private static final double QUANTILE = 0.99;

	private final Deque<Reading> readings = new ArrayDeque<>();

	/**
	 * Takes a reading.
	 * @param nanos when, on the clock of {@link System#nanoTime}
	 * @param buckets number of events by upper bound of their age in seconds, cumulative;
	 * the last bound is infinite
	 */
	EventAge add(long nanos, NavigableMap<Double, Double> buckets) {
		Reading now = new Reading(nanos, buckets);
		if (!this.readings.isEmpty() && this.readings.getLast().total() > now.total()) {
			// The process was started again and counts from zero.
			this.readings.clear();
		}
		this.readings.addLast(now);
		while (this.readings.size() > 2 && nanos - second().nanos >= LENGTH.toNanos()) {
			this.readings.removeFirst();
		}
		return between(this.readings.getFirst(), now);
	}

	private Reading second() {
		return this.readings.stream().skip(1).findFirst().orElseThrow();
	}

	private static EventAge between(Reading first, Reading last) {
		double events = last.total() - first.total();
		if (events <= 0) {
			return new EventAge.Idle();
		}
		double rank = QUANTILE * events;
		double lower = 0;
		double below = 0;
		for (Map.Entry<Double, Double> bucket : last.buckets.entrySet()) {
			double upTo = bucket.getValue() - first.buckets.getOrDefault(bucket.getKey(), 0.0);
			if (upTo >= rank) {
				return bucket.getKey().isInfinite() ? new EventAge.Beyond(seconds(lower)) : new EventAge.Measured(
						seconds(lower + (bucket.getKey() - lower) * (rank - below) / (upTo - below)));
			}
			lower = bucket.getKey();
			below = upTo;
		}
		return new EventAge.Beyond(seconds(lower));
	}

	private static Duration seconds(double seconds) {
		return Duration.ofNanos(Math.round(seconds * 1e9));
	}

	private record Reading(long nanos, NavigableMap<Double, Double> buckets) {

		double total() {
			return this.buckets.isEmpty() ? 0 : this.buckets.lastEntry().getValue();
		}

	}

}
