package dev.orderflow.inbox;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.apache.kafka.common.errors.RetriableException;

import org.springframework.transaction.TransactionSystemException;

/**
 * What a failure of a batch says about its records.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18,
 * error codes</a>
 */
enum Failure {

	/** Nothing can be processed now: wait and try again, without limit. */
	OUTAGE,

	/** Others were in the way: try again, then in smaller batches. */
	CONTENTION,

	/** Something in the batch cannot be processed: find it. */
	DEFECT;

	/** Connection exception, insufficient resources, system error. */
	private static final Set<String> OUTAGE_CLASSES = Set.of("08", "53", "58");

	/**
	 * 57P01 to 57P05: the server shuts down, starts or dropped the session. 25P03, 25P04:
	 * the session was ended while idle in a transaction, or the transaction took too
	 * long. 25006: read only, a standby answers.
	 */
	private static final Set<String> OUTAGE_STATES = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03",
			"25P04", "25006");

	/**
	 * Serialization failure, deadlock, lock not available in time, statement cancelled.
	 */
	private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01", "55P03", "57014");

	static Failure of(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			return OUTAGE;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLTransientConnectionException || cause instanceof RetriableException
					|| isFailedRollback(cause) || Thread.currentThread().isInterrupted()) {
				return OUTAGE;
			}
			if (cause instanceof SQLException sql && sql.getSQLState() != null) {
				return ofState(sql.getSQLState());
			}
		}
		return DEFECT;
	}

	/**
	 * Not even the rollback reached the server. The pool has closed the connection by
	 * then and answers without an SQLSTATE, and the rollback's exception hides the one
	 * that caused it.
	 */
	private static boolean isFailedRollback(Throwable failure) {
		return failure instanceof TransactionSystemException system && system.getApplicationException() != null;
	}

	private static Failure ofState(String state) {
		if (OUTAGE_CLASSES.contains(state.substring(0, Math.min(2, state.length()))) || OUTAGE_STATES.contains(state)) {
			return OUTAGE;
		}
		return CONTENTION_STATES.contains(state) ? CONTENTION : DEFECT;
	}

}
