package dev.orderflow.outage;

import java.util.Set;

import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Whether a failure means that other sessions stood in the way: the same statements may
 * succeed later.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18,
 * error codes</a>
 */
public final class Contention {

	/**
	 * Serialization failure, deadlock, lock not available in time, statement cancelled.
	 */
	private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "57014");

	private Contention() {
	}

	/**
	 * Whether the outermost SQLSTATE among the causes is one of contention, or a use case
	 * reported that what it had read has changed. Other exceptions of Spring do not tell:
	 * to its translator 55P03 is uncategorized.
	 */
	public static boolean causes(Throwable failure) {
		if (failure instanceof OptimisticLockingFailureException) {
			return true;
		}
		String state = Outage.sqlState(failure);
		return state != null && STATES.contains(state);
	}

}
