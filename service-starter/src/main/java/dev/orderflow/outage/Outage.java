package dev.orderflow.outage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/**
 * Distinguishes an outage, which passes without a change of code or data, from every
 * other failure. How to wait for its end is up to the caller.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18,
 * error codes</a>
 */
public final class Outage {

	/** Connection exception, insufficient resources, system error. */
	private static final Set<String> CLASSES = Set.of("08", "53", "58");

	/**
	 * 57P01 to 57P05: the server shuts down, starts or dropped the session. 25P03, 25P04:
	 * the session was ended while idle in a transaction, or the transaction took too
	 * long. 25006: read only, a standby answers.
	 */
	private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04",
			"25006");

	private Outage() {
	}

	/**
	 * Whether the database, the connection pool or, by an {@link UnavailableException},
	 * another system was unavailable. If the causes have several SQLSTATEs, the outermost
	 * one decides.
	 */
	public static boolean causes(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnavailableException || cause instanceof SQLTransientConnectionException
					|| isFailedRollback(cause) || isClosedByPool(cause)) {
				return true;
			}
			if (cause instanceof SQLException sql && sql.getSQLState() != null) {
				return isState(sql.getSQLState());
			}
		}
		return false;
	}

	/** The outermost SQLSTATE among the causes, or null when there is none. */
	public static @Nullable String sqlState(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && sql.getSQLState() != null) {
				return sql.getSQLState();
			}
		}
		return null;
	}

	/**
	 * Not even the rollback reached the server. The pool has closed the connection by
	 * then and answers without an SQLSTATE, and the rollback's exception hides the one
	 * that caused it.
	 */
	private static boolean isFailedRollback(Throwable failure) {
		return failure instanceof TransactionSystemException system && system.getApplicationException() != null;
	}

	/**
	 * The pool closed the connection during a transaction, after the driver had reported
	 * it broken. Under JPA the failed rollback reports nothing more.
	 */
	private static boolean isClosedByPool(Throwable failure) {
		return failure instanceof SQLException sql && sql.getSQLState() == null
				&& "Connection is closed".equals(sql.getMessage());
	}

	private static boolean isState(String state) {
		return CLASSES.contains(state.substring(0, Math.min(2, state.length()))) || STATES.contains(state);
	}

}
