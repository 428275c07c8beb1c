package dev.orderflow.outbox;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.gauge.TableFigures;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The outbox's table: {@code outbox.pending} rows that wait to be published,
 * {@code outbox.parked} ones that the broker refused for good with the later ones of
 * their keys, and {@code outbox.oldest.age} of the oldest that waits, zero when none
 * does. Every replica of a service tells the same figures; take the highest, not the sum.
 */
final class OutboxGauges implements AutoCloseable {

	/**
	 * Counts end at 100000, so that a backlog is not made worse by counting it. The
	 * oldest row is the first by id but for a transaction's length.
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
