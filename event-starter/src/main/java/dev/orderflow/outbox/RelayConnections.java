package dev.orderflow.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Opens the relay's two connections outside the service's pool, so that neither a busy
 * pool nor a pooler's transaction mode affects the lock.
 */
final class RelayConnections {

	/**
	 * PostgreSQL ends the session that holds the lock after this idle time: a frozen
	 * leader loses its lock although its process is alive.
	 */
	static final Duration LOCK_SILENCE_MAX = Duration.ofSeconds(5);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LOCK_ANSWER_MAX = Duration.ofSeconds(2);

	private static final Duration ROWS_ANSWER_MAX = Duration.ofSeconds(30);

	private final String url;

	private final @Nullable String user;

	private final @Nullable String password;

	RelayConnections(String url, @Nullable String user, @Nullable String password) {
		this.url = url;
		this.user = user;
		this.password = password;
	}

	/** For the advisory lock alone, in autocommit. */
	Connection openForLock() throws SQLException {
		return open("outbox-relay-lock", LOCK_ANSWER_MAX, "set idle_session_timeout = " + LOCK_SILENCE_MAX.toMillis());
	}

	/**
	 * For reading and deleting rows. A deletion lost in a database crash only causes a
	 * duplicate, so a commit need not wait for the disk. The table is nearly always
	 * empty, so from its statistics the planner would scan and sort a whole backlog; the
	 * settings make it use the primary key.
	 */
	Connection openForRows() throws SQLException {
		return open("outbox-relay", ROWS_ANSWER_MAX,
				"set synchronous_commit = off; set enable_seqscan = off; set enable_bitmapscan = off");
	}

	private Connection open(String name, Duration answerMax, String setting) throws SQLException {
		Properties properties = new Properties();
		PGProperty.USER.set(properties, this.user);
		PGProperty.PASSWORD.set(properties, this.password);
		PGProperty.APPLICATION_NAME.set(properties, name);
		PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
		PGProperty.SOCKET_TIMEOUT.set(properties, (int) answerMax.toSeconds());
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		Connection connection = DriverManager.getConnection(this.url, properties);
		try (Statement statement = connection.createStatement()) {
			statement.execute(setting);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

}
