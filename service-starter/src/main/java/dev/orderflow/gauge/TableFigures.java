package dev.orderflow.gauge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One row of figures about a table, read at intervals by a thread of its own. A scrape
 * returns the last row: it never waits for the database, which is queried once per
 * interval, however many scrapes there are. While the database does not answer, the
 * gauges are NaN, which neither raises an alert by itself nor is a false zero; the
 * scrape's other metrics are unaffected.
 */
public final class TableFigures implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TableFigures.class);

	/** If a query takes longer, the gauges are missing instead. */
	private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

	/** Intervals after which the last good reading is no longer valid. */
	private static final int MISSED_MAX = 3;

	private final JdbcTemplate jdbc;

	private final String sql;

	private final Duration validMax;

	private final ScheduledExecutorService readings;

	private volatile Reading last = new Reading(Map.of(), System.nanoTime());

	/**
	 * Starts reading.
	 * @param table names the thread
	 * @param sql returns one row, each column a number, and must limit its own cost
	 */
	public TableFigures(String table, DataSource dataSource, String sql, GaugeProperties settings) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.jdbc.setQueryTimeout((int) ANSWER_MAX.toSeconds());
		this.sql = sql;
		this.validMax = settings.interval().multipliedBy(MISSED_MAX);
		this.readings = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("gauges-" + table).factory());
		this.readings.scheduleWithFixedDelay(this::read, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Registers a column as a gauge; its unit is the suffix of its name in Prometheus.
	 */
	public void register(MeterRegistry registry, String name, String column, @Nullable String unit) {
		register(registry, name, column, unit, Tags.empty());
	}

	/** Registers a column as a gauge with tags. */
	public void register(MeterRegistry registry, String name, String column, @Nullable String unit, Tags tags) {
		ToDoubleFunction<TableFigures> figure = (figures) -> figures.last(column);
		Gauge.builder(name, this, figure).baseUnit(unit).tags(tags).register(registry);
	}

	private double last(String column) {
		Reading reading = this.last;
		boolean valid = System.nanoTime() - reading.takenNanos < this.validMax.toNanos();
		return (valid && reading.row.get(column) instanceof Number figure) ? figure.doubleValue() : Double.NaN;
	}

	private void read() {
		try {
			this.last = new Reading(this.jdbc.queryForMap(this.sql), System.nanoTime());
		}
		catch (RuntimeException ex) {
			// An exception would cancel all further readings. The code that the outage
			// blocks reports it.
			logger.debug("gauges not read: {}", ex.getMessage());
		}
	}

	@Override
	public void close() {
		this.readings.shutdownNow();
	}

	private record Reading(Map<String, @Nullable Object> row, long takenNanos) {
	}

}
