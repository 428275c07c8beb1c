package dev.orderflow.demo.summary;

import java.time.Duration;

/** The age that 99 of 100 events of a period did not exceed. */
public sealed interface EventAge {

	/** There was no event. */
	record Idle() implements EventAge {
	}

	/**
	 * The resolution is that of the histogram's buckets, which are about a sixth apart.
	 *
	 * @param p99 age that 99 of 100 events did not exceed
	 */
	record Measured(Duration p99) implements EventAge {
	}

	/**
	 * The age exceeds the histogram's range.
	 *
	 * @param bound upper end of the last bucket
	 */
	record Beyond(Duration bound) implements EventAge {
	}

}
