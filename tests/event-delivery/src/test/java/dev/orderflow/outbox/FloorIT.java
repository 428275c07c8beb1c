package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orderflow.testservice.RunningTestService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the relay's scan skips dead rows that an old snapshot keeps, and misses no row
 * that becomes visible late. Method: the relay is stopped; the test controls rows,
 * snapshots and transactions, and raises the floor step by step.
 */
class FloorIT extends RunningTestService {

	private static final int DEAD_ROWS = 20_000;

	private static final String INSERT_ONE = """
			insert into outbox_event (topic, message_key, header_names, header_values, payload)
			values ('parcels', 'late', '{}', '{}', 'late')""";

	@Autowired
	private OutboxRelay relay;

	@Autowired
	private JdbcConnectionDetails database;

	private RelayRows rows;

	private Floor floor;

	@BeforeEach
	void takeTheRelaysPlace() throws SQLException {
		this.relay.stop();
		this.rows = new RelayRows(relayConnections().openForRows());
		this.floor = new Floor(this.rows);
	}

	@AfterEach
	void handBack() throws SQLException {
		this.rows.close();
		this.jdbc.sql("delete from outbox_event").update();
		this.relay.start();
	}

	@Test
	void skipsTheRowsThatAnOldSnapshotKeeps() throws SQLException {
		insert(DEAD_ROWS);
		try (Connection old = session()) {
			holdSnapshot(old);
			sendAll();
			insert(1);
			raise();

			assertThat(pagesRead(0)).as("pages read from the lowest id").isGreaterThan(100);
			assertThat(pagesRead(this.floor.id())).as("pages read from the floor").isLessThan(20);
			assertThat(waiting()).hasSize(1);
			old.rollback();
		}
	}

	@Test
	void staysBelowARowThatIsNotCommittedYet() throws SQLException {
		try (Connection late = session(); Statement statement = late.createStatement()) {
			late.setAutoCommit(false);
			statement.execute(INSERT_ONE);
			insert(10);
			sendAll();
			raise();
			raise();

			late.commit();

			assertThat(waiting()).hasSize(1);
		}
		sendAll();
		long before = this.floor.id();
		raise();
		raise();
		assertThat(this.floor.id()).as("floor after the commit").isGreaterThan(before);
	}

	/**
	 * Without the trigger, the slow transaction would have drawn its row's id before a
	 * transaction id. Every 32nd value of a sequence is logged, which assigns a
	 * transaction id, so the test uses several rows.
	 */
	@Test
	void staysBelowARowWhoseIdWasDrawnBeforeItsTransactionWroteAnything() throws Exception {
		insert(1);
		for (int i = 0; i < 3; i++) {
			CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> this.superuser.execute("""
					insert into outbox_event (id, topic, header_names, header_values, payload)
					overriding system value
					select id, 'parcels', '{}', '{}', convert_to(pg_sleep(1)::text, 'UTF8')
					from (select nextval(pg_get_serial_sequence('outbox_event', 'id')) as id) as drawn"""));
			await().until(() -> this.superuser.queryForInt("""
					select count(*)
					from pg_stat_activity
					where datname = current_database() and wait_event = 'PgSleep'""") == 1);
			insert(10);
			sendAll();
			while (!slow.isDone()) {
				this.floor.raise();
			}
			slow.get();

			assertThat(waiting()).as("the slow row").hasSize(1);
			sendAll();
		}
	}

	@Test
	void staysBelowAParkedRowUntilItIsGone() throws SQLException {
		insert(1);
		long parked = waiting().getFirst();
		this.rows.park(parked, "as the test says");
		insert(10);
		sendAll();
		raise();
		assertThat(this.floor.id()).isLessThan(parked);

		this.jdbc.sql("update outbox_event set parked_at = null, parked_reason = null").update();

		assertThat(waiting()).containsExactly(parked);
	}

	/** Raises the floor as far as possible: one attempt proposes, the next one proves. */
	private void raise() throws SQLException {
		for (int i = 0; i < 2; i++) {
			long attempted = System.nanoTime();
			await().until(() -> System.nanoTime() - attempted > 110_000_000);
			this.floor.raise();
		}
	}

	private List<Long> waiting() throws SQLException {
		List<Long> waiting = this.rows.scan(this.floor.id(), Set.of(), 50_000).stream().map(WaitingRow::id).toList();
		waiting.forEach(this.floor::saw);
		return waiting;
	}

	private void sendAll() throws SQLException {
		this.rows.delete(waiting());
	}

	/** Pages that a scan above an id reads; a page holds about a hundred dead rows. */
	private long pagesRead(long id) throws SQLException {
		try (Connection connection = relayConnections().openForRows();
				PreparedStatement explain = connection
					.prepareStatement("explain (analyze, buffers, costs off, timing off) " + RelayRows.SCAN)) {
			explain.setLong(1, id);
			explain.setArray(2, connection.createArrayOf("bigint", new Long[0]));
			explain.setInt(3, 1000);
			StringBuilder plan = new StringBuilder();
			try (ResultSet lines = explain.executeQuery()) {
				while (lines.next()) {
					plan.append(lines.getString(1)).append('\n');
				}
			}
			Matcher buffers = Pattern.compile("shared hit=(\\d+)").matcher(plan);
			assertThat(buffers.find()).as(plan.toString()).isTrue();
			return Long.parseLong(buffers.group(1));
		}
	}

	private void insert(int count) {
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				select 'parcels', convert_to(i::text, 'UTF8'), '{}', '{}', convert_to(i::text, 'UTF8')
				from generate_series(1, :count) as i""").param("count", count).update();
	}

	private RelayConnections relayConnections() {
		return new RelayConnections(this.database.getJdbcUrl(), this.database.getUsername(),
				this.database.getPassword());
	}

	private Connection session() throws SQLException {
		return DriverManager.getConnection(this.database.getJdbcUrl(), this.database.getUsername(),
				this.database.getPassword());
	}

	private static void holdSnapshot(Connection old) throws SQLException {
		old.setAutoCommit(false);
		old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		try (Statement statement = old.createStatement()) {
			statement.execute("select count(*) from outbox_event");
		}
	}

}
