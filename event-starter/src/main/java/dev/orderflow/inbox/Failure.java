package dev.orderflow.inbox;

import java.util.Set;

import dev.orderflow.outage.Outage;

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

	/**
	 * Serialization failure, deadlock, lock not available in time, statement cancelled.
	 */
	private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01", "55P03", "57014");

	static Failure of(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			return OUTAGE;
		}
		if (Thread.currentThread().isInterrupted() || Outage.causes(failure)) {
			return OUTAGE;
		}
		String state = Outage.sqlState(failure);
		return (state != null && CONTENTION_STATES.contains(state)) ? CONTENTION : DEFECT;
	}

}
