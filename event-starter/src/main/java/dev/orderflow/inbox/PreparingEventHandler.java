package dev.orderflow.inbox;

import java.util.List;
import java.util.Map;

/**
 * Handles the events that a service reads, and calls other systems before their
 * transaction: no connection of the pool and no lock waits for a call. A handler without
 * such calls is an {@link EventHandler}.
 *
 * <p>
 * The {@link Effect} of every event runs in a transaction that also holds its marker, so
 * that its effect, the events it causes and the marker commit together: each event takes
 * effect once, even if it is delivered twice. The guarantee does not cover effects
 * outside the database (a call to another system), which a rollback does not undo, and
 * ends with the markers' retention.
 *
 * @param <E> the family of event data
 */
public interface PreparingEventHandler<E> {

	/**
	 * Part of the markers' key, so it must never change: under another name every
	 * redelivered event is applied again.
	 */
	String name();

	/** The types it takes; events of other types are skipped and counted. */
	Map<String, Class<? extends E>> types();

	/**
	 * How much work an event causes (its lines, its pairs), 1 or more; the sum bounds a
	 * transaction.
	 */
	default int workOf(E event) {
		return 1;
	}

	/**
	 * Makes the calls that the events need. They include events that were applied before,
	 * and the same events come again after a crash, a rollback or a failure of one of
	 * them: each call must be repeatable, with a key of its own. Bound their time,
	 * because the group waits for it.
	 * @return what the transaction applies to those events that are new
	 * @throws dev.orderflow.outage.UnavailableException if the other system is out: the
	 * inbox waits, and nothing becomes a dead letter. After any other failure it tries
	 * smaller batches until the one event that fails becomes a dead letter.
	 */
	Effect<E> prepare(List<ReceivedEvent<E>> events);

	/** What the transaction does. */
	@FunctionalInterface
	interface Effect<E> {

		/**
		 * Applies events that were never applied before, in the order of the batch. One
		 * order's events may arrive late and in any sequence. Runs in a transaction that
		 * an exception rolls back. In an outage the inbox waits; after any other failure
		 * it retries in smaller batches until the one event that fails becomes a dead
		 * letter.
		 */
		void apply(List<ReceivedEvent<E>> events);

	}

}
