package dev.orderflow.deadletter;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.gauge.TableFigures;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Gauges of the unresolved dead letters: {@code dead.letter.open} counts the rows in
 * state open, {@code dead.letter.oldest.age} is the age of the oldest one, zero when
 * there is none; {@code dead.letter.parked} counts those that were set aside. Every
 * replica of a service reports the same values; aggregate with max, not sum.
 */
final class DeadLetterGauges implements AutoCloseable {

	/** Counts stop at 100000; indexes hold the open rows by age and all rows by state. */
	private static final String SQL = """
			select waiting.open, waiting.oldest_age, aside.parked
			from (
			  select count(*) as open,
			    coalesce(extract(epoch from clock_timestamp() - min(dead_at)), 0) as oldest_age
			  from (
			    select dead_at
			    from dead_letter
			    where state = 'OPEN'
			    order by dead_at
			    limit 100000
			  ) as first
			) as waiting
			cross join (
			  select count(*) as parked
			  from (
			    select
			    from dead_letter
			    where state = 'PARKED'
			    limit 100000
			  ) as first
			) as aside""";

	private final TableFigures figures;

	DeadLetterGauges(MeterRegistry registry, DataSource dataSource, GaugeProperties settings) {
		this.figures = new TableFigures("dead_letter", dataSource, SQL, settings);
		this.figures.register(registry, "dead.letter.open", "open", null);
		this.figures.register(registry, "dead.letter.parked", "parked", null);
		this.figures.register(registry, "dead.letter.oldest.age", "oldest_age", "seconds");
	}

	@Override
	public void close() {
		this.figures.close();
	}

}
