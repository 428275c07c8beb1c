package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one relay per database by a session advisory lock: only the relay that holds it
 * may publish.
 *
 * <p>
 * A leader that dies frees it at once, as its connection closes. A leader that is frozen
 * frees it after {@link RelayConnections#LOCK_SILENCE_MAX}, because PostgreSQL ends its
 * silent session; when it wakes, {@link #isConfirmed()} is false, as its last answered
 * ping is too old. Records that it had already handed to its producer may still be sent;
 * the next leader publishes them too, so they are only duplicates.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS">PostgreSQL
 * 18, advisory locks</a>
 */
final class LeaderLock implements AutoCloseable {

	/** "outbox" in ASCII. Advisory locks are per database: each service has its own. */
	private static final long KEY = 0x6f7574626f78L;

	private static final Duration PING_INTERVAL = Duration.ofSeconds(1);

	/**
	 * Shorter than PostgreSQL's idle session timeout: the leader stops trusting its lock
	 * before another process can acquire it.
	 */
	private static final Duration CONFIRMATION_VALID = Duration.ofSeconds(3);

	private static final Logger logger = LoggerFactory.getLogger(LeaderLock.class);

	private final Connection connection;

	private final ScheduledExecutorService pings;

	private volatile long confirmedNanos;

	private volatile boolean lost;

	private LeaderLock(Connection connection, long askedNanos) {
		this.connection = connection;
		this.confirmedNanos = askedNanos;
		this.pings = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("outbox-lock").factory());
		this.pings.scheduleWithFixedDelay(this::ping, PING_INTERVAL.toMillis(), PING_INTERVAL.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Tries every second until it acquires the lock.
	 * @throws SQLException the database cannot be reached
	 */
	static LeaderLock acquire(RelayConnections connections) throws SQLException, InterruptedException {
		Connection connection = connections.openForLock();
		try {
			long askedNanos = System.nanoTime();
			while (!ask(connection, "select pg_try_advisory_lock(" + KEY + ")")) {
				TimeUnit.NANOSECONDS.sleep(PING_INTERVAL.toNanos());
				askedNanos = System.nanoTime();
			}
			return new LeaderLock(connection, askedNanos);
		}
		catch (SQLException | InterruptedException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * True while no other process can hold the lock. Cheap: the relay calls it before
	 * each record.
	 */
	boolean isConfirmed() {
		return !this.lost && System.nanoTime() - this.confirmedNanos < CONFIRMATION_VALID.toNanos();
	}

	private void ping() {
		long askedNanos = System.nanoTime();
		try {
			ask(this.connection, "select true");
			this.confirmedNanos = askedNanos;
		}
		catch (SQLException ex) {
			if (!this.lost) {
				this.lost = true;
				logger.warn("outbox relay lost its lock: sqlState={} cause={}", ex.getSQLState(), ex.getMessage());
			}
		}
	}

	private static boolean ask(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(sql)) {
			return answer.next() && answer.getBoolean(1);
		}
	}

	/** Frees the lock by ending its session. */
	@Override
	public void close() {
		this.pings.shutdownNow();
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			logger.debug("the lock's connection did not close cleanly: {}", ex.getMessage());
		}
	}

}
