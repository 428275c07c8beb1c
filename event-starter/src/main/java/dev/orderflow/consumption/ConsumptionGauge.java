package dev.orderflow.consumption;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.gauge.TableFigures;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * {@code consumption.paused.age}: for how long the consumption has been paused, zero
 * while it runs. Every replica of a service reports the same value, also at zero
 * consumers; aggregate with max, not sum.
 */
final class ConsumptionGauge implements AutoCloseable {

	/** A pause in its first moment is a pause. */
	private static final String SQL = """
			select coalesce(max(greatest(extract(epoch from clock_timestamp() - paused_at), 1)), 0) as age
			from consumption_pause""";

	private final TableFigures figures;

	ConsumptionGauge(MeterRegistry registry, DataSource dataSource, GaugeProperties settings) {
		this.figures = new TableFigures("consumption_pause", dataSource, SQL, settings);
		this.figures.register(registry, "consumption.paused.age", "age", "seconds");
	}

	@Override
	public void close() {
		this.figures.close();
	}

}
