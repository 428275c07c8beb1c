package dev.orderflow.outbox;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.gauge.TableFigures;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Gauges of the outbox table: {@code outbox.pending} counts the rows that wait to be
 * published, {@code outbox.parked} those that the broker refused permanently and the
 * later ones of their keys; {@code outbox.oldest.age} is the age of the oldest waiting
 * row, zero if there is none. Every replica of a service reports the same values;
 * aggregate with max, not sum.
 */
final class OutboxGauges implements AutoCloseable {

	/**
	 * Counts stop at 100000, so that counting does not make a backlog worse. The first
	 * row by id is the oldest, give or take the length of a transaction.
	 */
	private static final String SQL = """
			select waiting.pending, waiting.oldest_age, refused.parked
			from (
			  select count(*) as pending,
			    coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as oldest_age
			  from (
			    select created_at
			    from outbox_event
			    where parked_at is null
			    order by id
			    limit 100000
			  ) as first
			) as waiting
			cross join (
			  select count(*) as parked
			  from (
			    select
			    from outbox_event
			    where parked_at is not null
			    limit 100000
			  ) as first
			) as refused""";

	private final TableFigures figures;

	OutboxGauges(MeterRegistry registry, DataSource dataSource, GaugeProperties settings) {
		this.figures = new TableFigures("outbox_event", dataSource, SQL, settings);
		this.figures.register(registry, "outbox.pending", "pending", null);
		this.figures.register(registry, "outbox.parked", "parked", null);
		this.figures.register(registry, "outbox.oldest.age", "oldest_age", "seconds");
	}

	@Override
	public void close() {
		this.figures.close();
	}

}
