package dev.orderflow.analytics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.orderflow.outage.UnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which set of figures serves, and what the other one is. */
@Repository
public class FigureSets {

	/**
	 * Transaction-level advisory lock: held shared by each transaction of the service
	 * that counts orders, exclusively by one that changes which set serves.
	 */
	private static final long LOCK = 0x6669_6775_7265_73L;

	private final JdbcClient jdbc;

	private final Clock clock;

	FigureSets(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * The sets that the service keeps up to date; they stay the same until the running
	 * transaction ends. In order, so that two batches lock their tables alike.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	List<FigureSet> keep() {
		// In a statement of its own, because one sees the rows as of before it waits.
		lock("pg_advisory_xact_lock_shared");
		return this.jdbc.sql("""
				select name
				from figure_set
				where state in ('SERVING', 'STANDBY')
				order by name""").query((row, number) -> FigureSet.valueOf(row.getString("name"))).list();
	}

	/**
	 * Waits until the service's transactions that count orders have ended, and keeps new
	 * ones waiting until the running transaction ends.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void hold() {
		lock("pg_advisory_xact_lock");
	}

	private void lock(String function) {
		this.jdbc.sql("select 1 from %s(:lock)".formatted(function)).param("lock", LOCK).query(Integer.class).single();
	}

	/** Both sets. */
	public List<Entry> all() {
		return this.jdbc.sql("""
				select name, state, rebuild, first_hour, started_at
				from figure_set
				order by name""").query((row, number) -> entry(row)).list();
	}

	/** The set in that state, if there is one. */
	public Optional<Entry> in(State state) {
		return all().stream().filter((entry) -> entry.state() == state).findFirst();
	}

	/**
	 * Begins a rebuild into the empty set.
	 * @return nothing if no set is empty
	 */
	@Transactional
	public Optional<Rebuild> begin(@Nullable Instant firstHour) {
		return this.jdbc.sql("""
				update figure_set
				set state = 'BUILDING',
				  rebuild = (select max(rebuild) + 1 from figure_set),
				  first_hour = :firstHour,
				  started_at = :now
				where state = 'EMPTY'
				returning name, state, rebuild, first_hour, started_at""")
			.param("firstHour", (firstHour != null) ? atUtc(firstHour) : null)
			.param("now", atUtc(this.clock.instant()))
			.query((row, number) -> entry(row).asRebuild())
			.optional();
	}

	/**
	 * Keeps the set of the rebuild in its state until the running transaction ends.
	 * @throws UnavailableException if the rebuild was dropped or has ended: its events
	 * are no defects
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void requireBuilding(Rebuild rebuild) {
		try {
			this.jdbc.sql("""
					select rebuild
					from figure_set
					where name = :name
					and rebuild = :rebuild
					and state = 'BUILDING'
					for share""")
				.param("name", rebuild.set().name())
				.param("rebuild", rebuild.number())
				.query(Integer.class)
				.single();
		}
		catch (EmptyResultDataAccessException ex) {
			throw new UnavailableException("Rebuild %d is not being built any more".formatted(rebuild.number()), ex);
		}
	}

	/**
	 * Lets the set in that state serve; the one that served stands by. Runs while the
	 * service is {@link #hold held}.
	 * @return whether there is a set in that state
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean serve(State from) {
		return this.jdbc.sql("""
				update figure_set
				set state = case state when 'SERVING' then 'STANDBY' else 'SERVING' end
				where state in ('SERVING', :from)
				and exists (select 1 from figure_set where state = :from)""").param("from", from.name()).update() == 2;
	}

	/**
	 * Makes the set that does not serve an empty one; its rows are not read any more.
	 * @return the set, or nothing if the other set is empty
	 */
	@Transactional
	public Optional<FigureSet> drop() {
		hold();
		return this.jdbc.sql("""
				update figure_set
				set state = 'EMPTY'
				where state in ('STANDBY', 'BUILDING')
				returning name""").query((row, number) -> FigureSet.valueOf(row.getString("name"))).optional();
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(FigureSet.valueOf(row.getString("name")), State.valueOf(row.getString("state")),
				row.getInt("rebuild"), instant(row, "first_hour"), instant(row, "started_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	private static OffsetDateTime atUtc(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	/** What a set is. */
	public enum State {

		/** Read over HTTP, and kept up to date by the service. */
		SERVING,

		/** Kept up to date by the service, so that it can serve again. */
		STANDBY,

		/** Written by a rebuild alone. */
		BUILDING,

		/** Not used; rows of a rebuild that was dropped may be left. */
		EMPTY

	}

	/**
	 * A set and its state.
	 *
	 * @param rebuild number of the rebuild that filled it; 0 if it was there from the
	 * start
	 * @param firstHour as {@link Rebuild#firstHour()}
	 * @param startedAt when that rebuild began; null for number 0
	 */
	public record Entry(FigureSet set, State state, int rebuild, @Nullable Instant firstHour,
			@Nullable Instant startedAt) {

		/** The rebuild that filled it. */
		public Rebuild asRebuild() {
			return new Rebuild(this.set, this.rebuild, this.firstHour);
		}

	}

}
