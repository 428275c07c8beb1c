package dev.orderflow.scaling.keda;

/** What KEDA says about a metric. */
public sealed interface MetricAnswer {

	/** It was measured. */
	record Measured(Reading reading) implements MetricAnswer {

	}

	/**
	 * It could not be measured for too long, and this stands for it. Counts as activity.
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
