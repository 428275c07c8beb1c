package dev.orderflow.scaling.manifest;

/**
 * The one value of a query, with the settings and defaults of KEDA v2.20.2,
 * {@code pkg/scalers/prometheus_scaler.go} {@code prometheusMetadata}.
 *
 * @param serverAddress where Prometheus is
 * @param query what is asked
 * @param threshold the value for one replica
 * @param activationThreshold above it there is something to do
 * @param ignoreNullValues whether no answer counts as 0 and not as a failure
 */
public record PrometheusSource(String serverAddress, String query, double threshold, double activationThreshold,
		boolean ignoreNullValues) implements TriggerSource {

	static final String TYPE = "prometheus";

	public PrometheusSource {
		Require.that(threshold > 0, "expected metadata.threshold above 0, found %s", threshold);
	}

	/** Reads the settings; the caller asks afterwards whether there are others. */
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
