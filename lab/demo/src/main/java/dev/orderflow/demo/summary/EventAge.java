package dev.orderflow.demo.summary;

import java.time.Duration;

/** The age that 99 of 100 events of a period did not exceed. */
public sealed interface EventAge {

	/** There was no event. */
	record Idle() implements EventAge {
	}

	/**
	 * As exact as the histogram's buckets, which are about a sixth apart.
	 *
	 * @param p99 99 of 100 events were not older
	 */
	record Measured(Duration p99) implements EventAge {
	}

	/**
	 * More than the histogram can tell.
	 *
	 * @param bound where its last bucket ends
	 */
	record Beyond(Duration bound) implements EventAge {
	}

}
