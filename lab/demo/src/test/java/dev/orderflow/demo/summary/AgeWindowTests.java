package dev.orderflow.demo.summary;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgeWindowTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final AgeWindow window = new AgeWindow();

	@Test
	void interpolatesWithinTheBucketOfTheNinetyNinthOfAHundred() {
		add(0, 0, 0, 0);

		assertThat(add(1, 90, 100, 100)).isEqualTo(new EventAge.Measured(Duration.ofMillis(910)));
	}

	@Test
	void isIdleBeforeThereAreTwoReadingsAndWithoutEvents() {
		assertThat(add(0, 50, 60, 60)).isEqualTo(new EventAge.Idle());
		assertThat(add(1, 50, 60, 60)).isEqualTo(new EventAge.Idle());
	}

	@Test
	void reportsAnAgeBeyondTheLastBucket() {
		add(0, 0, 0, 0);

		assertThat(add(1, 0, 0, 3)).isEqualTo(new EventAge.Beyond(SECOND));
	}

	@Test
	void forgetsReadingsOlderThanAMinute() {
		add(0, 0, 0, 0);
		assertThat(add(10, 0, 100, 100)).isInstanceOf(EventAge.Measured.class);
		assertThat(add(69, 0, 100, 100)).as("within the minute").isInstanceOf(EventAge.Measured.class);

		assertThat(add(71, 0, 100, 100)).isEqualTo(new EventAge.Idle());
	}

	@Test
	void startsOverWhenTheProcessWasRestarted() {
		add(0, 100, 100, 100);

		assertThat(add(1, 3, 3, 3)).isEqualTo(new EventAge.Idle());
		assertThat(add(2, 3, 3, 4)).isEqualTo(new EventAge.Beyond(SECOND));
	}

	@Test
	void parsesPrometheusText() {
		Scrape scrape = Scrape.parse("""
				# TYPE inbox_events_total counter
				inbox_events_total{outcome="applied"} 292.0
				inbox_events_total{outcome="duplicate"} 3.0
				inbox_event_age_seconds_bucket{le="0.001"} 1
				inbox_event_age_seconds_bucket{le="1.5E1"} 2
				inbox_event_age_seconds_bucket{le="+Inf"} 4
				up 1 1700000000000
				""");

		assertThat(scrape.sum("inbox_events_total", "outcome=\"applied\"")).isEqualTo(292);
		assertThat(scrape.histogram("inbox_event_age_seconds").values()).containsExactly(1.0, 2.0, 4.0);
		assertThat(scrape.histogram("inbox_event_age_seconds").lastKey()).isInfinite();
		assertThat(scrape.sum("up", "")).isEqualTo(1);
	}

	/**
	 * Adds a reading with these numbers of events up to 100 ms, up to 1 s and in total.
	 */
	private EventAge add(long second, double upTo100Millis, double upToOneSecond, double all) {
		NavigableMap<Double, Double> buckets = new TreeMap<>();
		buckets.put(0.1, upTo100Millis);
		buckets.put(1.0, upToOneSecond);
		buckets.put(Double.POSITIVE_INFINITY, all);
		return this.window.add(Duration.ofSeconds(second).toNanos(), buckets);
	}

}
