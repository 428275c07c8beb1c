package dev.orderflow.consumption;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pauses and resumes the consumption of this service. The state is a row in the service's
 * database, so that it outlives every replica and holds for those that start later. Each
 * change commits with a row of {@code operator_audit}.
 *
 * <p>
 * Where the guarantee ends: a replica that read before the pause that the consumption
 * runs applies the rest of its batch. It asks once more before it sets a record aside on
 * which its handler failed; a record of that batch that does not parse becomes a dead
 * letter.
 */
public final class Consumption {

	private static final Logger logger = LoggerFactory.getLogger(Consumption.class);

	private static final String RECORD = """
			insert into operator_audit (at, operator, action, outcome)
			values (:now, :operator, :action, :outcome)""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Consumption(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** The pause, or empty while the consumption runs. Asks the database. */
	public Optional<Pause> pause() {
		return this.jdbc.sql("""
				select paused_at, paused_by, reason
				from consumption_pause""")
			.query((row, number) -> new Pause(row.getObject("paused_at", OffsetDateTime.class).toInstant(),
					row.getString("paused_by"), row.getString("reason")))
			.optional();
	}

	/**
	 * Returns if the consumption runs. Asks the database.
	 * @throws ConsumptionPausedException if it is paused
	 */
	public void requireRunning() {
		pause().ifPresent((pause) -> {
			throw new ConsumptionPausedException(pause);
		});
	}

	/**
	 * Pauses the consumption, unless it is paused already: the first reason stays.
	 * @return the pause that holds, and whether this call made it
	 */
	public Change pause(String by, String reason) {
		Pause wanted = new Pause(this.clock.instant(), by, reason);
		boolean changed = Objects.requireNonNull(this.transaction.execute((status) -> {
			boolean isFirst = this.jdbc.sql("""
					insert into consumption_pause (paused_at, paused_by, reason)
					values (:at, :by, :reason)
					on conflict do nothing""")
				.param("at", time(wanted))
				.param("by", by)
				.param("reason", wanted.reason())
				.update() > 0;
			if (isFirst) {
				record("PAUSE", by, wanted.reason());
			}
			return isFirst;
		}));
		if (changed) {
			logger.error("consumption: paused by={} reason={}", by, wanted.reason());
		}
		return new Change(changed, pause().orElse(wanted));
	}

	/**
	 * Resumes the consumption. Replicas notice at their next attempt.
	 * @return the pause that ended, or empty if the consumption ran
	 */
	public Optional<Pause> resume(String by, String why) {
		Optional<Pause> ended = Objects.requireNonNull(this.transaction.execute((status) -> {
			Optional<Pause> pause = pause();
			boolean changed = this.jdbc.sql("delete from consumption_pause").update() > 0;
			if (changed) {
				record("RESUME_CONSUMPTION", by, why);
			}
			return changed ? pause : Optional.empty();
		}));
		ended.ifPresent((pause) -> logger.info("consumption: resumed by={} why={}", by, why));
		return ended;
	}

	private void record(String action, String operator, String outcome) {
		this.jdbc.sql(RECORD)
			.param("now", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC))
			.param("operator", operator)
			.param("action", action)
			.param("outcome", outcome)
			.update();
	}

	private static OffsetDateTime time(Pause pause) {
		return OffsetDateTime.ofInstant(pause.at(), ZoneOffset.UTC);
	}

	/**
	 * What a call for a pause did.
	 *
	 * @param changed whether the consumption ran before
	 * @param pause the pause that holds now
	 */
	public record Change(boolean changed, Pause pause) {
	}

}
