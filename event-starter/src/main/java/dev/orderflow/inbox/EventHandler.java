package dev.orderflow.inbox;

import java.util.List;
import java.util.Map;

/**
 * What a service does with the events it reads; the one bean that it declares.
 *
 * <p>
 * Every event reaches {@link #handle} in a transaction that also holds its marker, so
 * that its effect, the events it causes and the marker commit together: each effect
 * happens once, whatever is delivered twice. The guarantee ends at effects outside the
 * database (a call to another system), which a rollback does not undo, and at the
 * markers' retention.
 *
 * @param <E> the family of event data
 */
public interface EventHandler<E> {

	/**
	 * Part of the markers' key, and so for ever: under another name everything that is
	 * delivered again is applied again.
	 */
	String name();

	/** The types it takes; events of other types are skipped and counted. */
	Map<String, Class<? extends E>> types();

	/**
	 * How much work an event is (its lines, its pairs), 1 or more: a transaction is
	 * bounded by the sum.
	 */
	default int workOf(E event) {
		return 1;
	}

	/**
	 * Applies events that were never applied before, in the order of the batch. One
	 * order's events may come in any order and late. Runs in a transaction; to fail is to
	 * roll back: an outage is waited out, anything else is tried again in smaller batches
	 * and ends as a dead letter of the one event that fails.
	 */
	void handle(List<ReceivedEvent<E>> events);

}
