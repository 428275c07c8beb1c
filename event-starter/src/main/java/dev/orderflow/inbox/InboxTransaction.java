package dev.orderflow.inbox;

import java.util.List;
import java.util.stream.Stream;

import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.deadletter.DeadLetters;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * What commits together: the markers of a slice, the handler's effect with the events it
 * appends to the outbox, and the slice's dead letters.
 */
final class InboxTransaction<E> {

	private final TransactionTemplate transaction;

	private final EventHandler<E> handler;

	private final Markers markers;

	private final DeadLetters deadLetters;

	private final InboxMetrics metrics;

	InboxTransaction(TransactionTemplate transaction, EventHandler<E> handler, Markers markers, DeadLetters deadLetters,
			InboxMetrics metrics) {
		this.transaction = transaction;
		this.handler = handler;
		this.markers = markers;
		this.deadLetters = deadLetters;
		this.metrics = metrics;
	}

	/**
	 * Applies those events of the slice that were never applied; sets its defects aside.
	 */
	void apply(List<Inbound<E>> slice) {
		List<ReceivedEvent<E>> events = slice.stream().flatMap(InboxTransaction::event).toList();
		List<DeadLetter> defects = slice.stream().flatMap(InboxTransaction::deadLetter).toList();
		List<ReceivedEvent<E>> fresh = this.transaction.execute((status) -> {
			this.deadLetters.store(this.handler.name(), defects);
			return applyFresh(events);
		});
		this.metrics.deadLettered(defects.size());
		this.metrics.applied(fresh);
		this.metrics.duplicate(events.size() - fresh.size());
	}

	private List<ReceivedEvent<E>> applyFresh(List<ReceivedEvent<E>> events) {
		List<ReceivedEvent<E>> fresh = this.markers.insert(this.handler.name(), events);
		if (!fresh.isEmpty()) {
			this.handler.handle(fresh);
		}
		return fresh;
	}

	/** Sets a record aside that failed alone. */
	void deadLetter(DeadLetter letter) {
		this.transaction.executeWithoutResult((status) -> this.deadLetters.store(this.handler.name(), List.of(letter)));
		this.metrics.deadLettered(1);
	}

	private static <E> Stream<ReceivedEvent<E>> event(Inbound<E> inbound) {
		return (inbound instanceof Inbound.Event<E> event) ? Stream.of(event.event()) : Stream.empty();
	}

	private static <E> Stream<DeadLetter> deadLetter(Inbound<E> inbound) {
		return (inbound instanceof Inbound.Defect<E> defect) ? Stream.of(defect.deadLetter()) : Stream.empty();
	}

}
