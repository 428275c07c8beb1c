package dev.orderflow.scaling.manifest;

/** What a trigger measures. */
public sealed interface TriggerSource permits KafkaSource, PrometheusSource {

	/**
	 * The metric's name without the trigger's index; KEDA puts {@code s<index>-} before
	 * it.
	 */
	String metricName();

	/**
	 * The target for one replica, or for all with {@link Trigger.MetricType#Value}.
	 */
	double target();

	/** Whether it needs credentials from an authenticationRef. */
	boolean needsAuthentication();

	/**
	 * {@code GenerateMetricNameWithIndex} of KEDA v2.20.2, {@code pkg/scalers/scaler.go}.
	 */
	default String metricName(int index) {
		return "s" + index + "-" + metricName();
	}

}
