package dev.orderflow.scaling.manifest;

/**
 * The single value of a query, with the settings and defaults of KEDA v2.20.2,
 * {@code pkg/scalers/prometheus_scaler.go} {@code prometheusMetadata}.
 *
 * @param serverAddress where Prometheus is
 * @param query the PromQL query
 * @param threshold the value for one replica
 * @param activationThreshold value above which the trigger is active
 * @param ignoreNullValues whether an empty result counts as 0 instead of a failure
 */
public record PrometheusSource(String serverAddress, String query, double threshold, double activationThreshold,
		boolean ignoreNullValues) implements TriggerSource {

	static final String TYPE = "prometheus";

	public PrometheusSource {
		Require.that(threshold > 0, "expected metadata.threshold above 0, found %s", threshold);
	}

	/** Reads the settings; the caller must then check for unknown ones. */
	public static PrometheusSource of(TriggerMetadata given) {
		given.optional("queryParameters");
		given.optional("namespace");
		given.optional("customHeaders");
		given.flag("unsafeSsl", false);
		given.optional("awsRegion");
		given.optional("timeout");
		given.optional("identityOwner");
		given.optional("authModes");
		given.text("threshold");
		return new PrometheusSource(given.text("serverAddress"), given.text("query"), given.number("threshold", 0),
				given.number("activationThreshold", 0), given.flag("ignoreNullValues", true));
	}

	@Override
	public String metricName() {
		return "prometheus";
	}

	@Override
	public double target() {
		return this.threshold;
	}

	@Override
	public boolean needsAuthentication() {
		return false;
	}

}
