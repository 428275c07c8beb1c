package dev.orderflow.inbox;

import java.util.Locale;
import java.util.Set;

import dev.orderflow.outage.Contention;
import dev.orderflow.outage.Outage;
import org.apache.kafka.common.errors.RetriableException;

/**
 * What a failure of a batch says about its records.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18,
 * error codes</a>
 */
enum Failure {

	/** Nothing can be processed now: wait and try again, without limit. */
	OUTAGE,

	/**
	 * Another session conflicted: try again, then in smaller batches, then wait as in an
	 * outage. A lock can be held indefinitely and says nothing about the record, so
	 * contention alone never makes a dead letter.
	 */
	CONTENTION,

	/**
	 * The service's statements do not fit its database: a missing column, a missing
	 * grant. Every record would fail, so none is at fault: pause the consumption until an
	 * operator resumes it.
	 */
	BROKEN_RELEASE,

	/**
	 * A record in the batch cannot be processed: find it, and try it a few times. Also
	 * what a statement that takes longer than {@code statement_timeout} says: a lock that
	 * is held ends it earlier, by {@code lock_timeout}.
	 */
	DEFECT,

	/** A defect that no further try can change: find the record, and try it once. */
	PERMANENT_DEFECT;

	/** Syntax error or access rule violation. */
	private static final String BROKEN_CLASS = "42";

	/** The statement was cancelled. */
	private static final String QUERY_CANCELED = "57014";

	/** Data exception, integrity constraint violation, program limit exceeded. */
	private static final Set<String> PERMANENT_CLASSES = Set.of("22", "23", "54");

	static Failure of(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			return OUTAGE;
		}
		if (Thread.currentThread().isInterrupted() || Outage.causes(failure) || isBrokerOut(failure)) {
			return OUTAGE;
		}
		String state = Outage.sqlState(failure);
		if (Contention.causes(failure) && !QUERY_CANCELED.equals(state)) {
			return CONTENTION;
		}
		if (state == null) {
			return isAboutValues(failure) ? PERMANENT_DEFECT : DEFECT;
		}
		String stateClass = state.substring(0, Math.min(2, state.length()));
		if (stateClass.equals(BROKEN_CLASS)) {
			return BROKEN_RELEASE;
		}
		return PERMANENT_CLASSES.contains(stateClass) ? PERMANENT_DEFECT : DEFECT;
	}

	private static boolean isBrokerOut(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RetriableException) {
				return true;
			}
		}
		return false;
	}

	/** An invalid value fails again on every try. */
	private static boolean isAboutValues(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IllegalArgumentException || cause instanceof ArithmeticException) {
				return true;
			}
		}
		return false;
	}

	/** The name in metrics and spans. */
	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
