package dev.orderflow.inbox;

import java.util.List;
import java.util.Map;

/**
 * Handles the events that a service reads; the only bean that the service declares.
 *
 * <p>
 * Every event reaches {@link #handle} in a transaction that also holds its marker, so
 * that its effect, the events it causes and the marker commit together: each event takes
 * effect once, even if it is delivered twice. The guarantee does not cover effects
 * outside the database (a call to another system), which a rollback does not undo, and
 * ends with the markers' retention.
 *
 * @param <E> the family of event data
 */
public interface EventHandler<E> {

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
	 * Applies events that were never applied before, in the order of the batch. One
	 * order's events may arrive late and in any sequence. Runs in a transaction that an
	 * exception rolls back. In an outage the inbox waits; after any other failure it
	 * retries in smaller batches until the one event that fails becomes a dead letter.
	 */
	void handle(List<ReceivedEvent<E>> events);

}
