package dev.orderflow.scaling.keda;

/** KEDA's answer for a metric. */
public sealed interface MetricAnswer {

	/** The metric was measured. */
	record Measured(Reading reading) implements MetricAnswer {

	}

	/**
	 * A substitute for a metric that could not be measured for too long. It counts as
	 * active.
	 *
	 * @param milli the metric, in thousandths
	 */
	record Substitute(long milli) implements MetricAnswer {

	}

	/** It could not be measured. */
	record Failed() implements MetricAnswer {

	}

	/** Whether there is something to do, for all that is known. */
	default boolean isActive() {
		return switch (this) {
			case Measured measured -> measured.reading().active();
			case Substitute substitute -> true;
			case Failed failed -> false;
		};
	}

}
