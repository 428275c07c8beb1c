package dev.orderflow.inbox;

import java.util.List;

/**
 * Handles the events that a service reads, within their transaction; the only bean that
 * most services declare.
 *
 * @param <E> the family of event data
 */
public interface EventHandler<E> extends PreparingEventHandler<E> {

	/** As {@link PreparingEventHandler.Effect#apply}. */
	void handle(List<ReceivedEvent<E>> events);

	/** Nothing. */
	@Override
	default Effect<E> prepare(List<ReceivedEvent<E>> events) {
		return this::handle;
	}

}
