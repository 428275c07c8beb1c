package dev.orderflow.scaling.keda;

import java.util.List;
import java.util.function.Supplier;

import dev.orderflow.scaling.manifest.PrometheusSource;

/**
 * The single value of a query, as KEDA v2.20.2 evaluates it,
 * {@code pkg/scalers/prometheus_scaler.go} {@code ExecutePromQuery} and
 * {@code GetMetricsAndActivity}.
 */
public final class PrometheusScaler implements Scaler {

	private final PrometheusSource source;

	private final Supplier<List<Double>> result;

	/**
	 * A scaler.
	 * @param result the values that the query returns, normally exactly one; throws
	 * {@link ScalerException} while Prometheus does not answer
	 */
	public PrometheusScaler(PrometheusSource source, Supplier<List<Double>> result) {
		this.source = source;
		this.result = result;
	}

	@Override
	public Reading read() {
		List<Double> values = this.result.get();
		if (values.size() > 1) {
			throw new ScalerException("Expected one value of %s, found %s".formatted(this.source.query(), values));
		}
		boolean known = !values.isEmpty() && Double.isFinite(values.getFirst());
		if (!known && !this.source.ignoreNullValues()) {
			throw new ScalerException("Expected a value of %s, found %s".formatted(this.source.query(), values));
		}
		double value = known ? values.getFirst() : 0;
		return new Reading(Milli.of(value), value > this.source.activationThreshold());
	}

}
