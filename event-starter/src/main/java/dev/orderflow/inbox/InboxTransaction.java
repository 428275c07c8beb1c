package dev.orderflow.inbox;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.deadletter.Resolution;
import dev.orderflow.tracing.Causes;
import io.opentelemetry.context.Context;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * What commits together: the markers of a slice, the handler's effect with the events it
 * appends to the outbox, and the slice's dead letters.
 */
final class InboxTransaction<E> {

	private static final Logger logger = LoggerFactory.getLogger(InboxTransaction.class);

	/** Error type of a record that was rejected before the handler saw it. */
	private static final String DEFECT = "unreadable";

	private final TransactionTemplate transaction;

	private final PreparingEventHandler<E> handler;

	private final Markers markers;

	private final DeadLetters deadLetters;

	private final Consumption consumption;

	private final InboxMetrics metrics;

	InboxTransaction(TransactionTemplate transaction, PreparingEventHandler<E> handler, Markers markers,
			DeadLetters deadLetters, Consumption consumption, InboxMetrics metrics) {
		this.transaction = transaction;
		this.handler = handler;
		this.markers = markers;
		this.deadLetters = deadLetters;
		this.consumption = consumption;
		this.metrics = metrics;
	}

	/**
	 * Lets the handler prepare the events of the slice, then applies those that were not
	 * applied before and dead-letters the slice's defects.
	 */
	void apply(List<Inbound<E>> slice) {
		List<Inbound.Event<E>> events = slice.stream().flatMap(InboxTransaction::event).toList();
		List<Inbound.Defect<E>> defects = slice.stream().flatMap(InboxTransaction::defect).toList();
		List<DeadLetter> letters = defects.stream().map(Inbound.Defect::deadLetter).toList();
		List<ReceivedEvent<E>> received = events.stream().map(Inbound.Event::event).toList();
		PreparingEventHandler.Effect<E> effect = this.handler.prepare(received);
		List<ReceivedEvent<E>> fresh = this.transaction.execute((status) -> {
			this.deadLetters.lock(slice.stream().map(Inbound::record).toList());
			this.deadLetters.store(this.handler.name(), letters);
			List<ReceivedEvent<E>> applied = applyFresh(events, received, effect);
			this.deadLetters.resolve(resolutions(events, applied));
			return applied;
		});
		defects.forEach((defect) -> deadLettered(defect, defect.deadLetter(), DEFECT));
		this.metrics.applied(fresh);
		this.metrics.duplicate(events.size() - fresh.size());
		endSpans(events, fresh);
	}

	private List<ReceivedEvent<E>> applyFresh(List<Inbound.Event<E>> events, List<ReceivedEvent<E>> received,
			PreparingEventHandler.Effect<E> effect) {
		List<ReceivedEvent<E>> fresh = this.markers.insert(this.handler.name(), received);
		if (!fresh.isEmpty()) {
			Map<String, Context> causes = new HashMap<>();
			events.forEach((event) -> causes.put(event.event().id(), event.span().context()));
			Causes.handle(causes, () -> effect.apply(fresh));
		}
		return fresh;
	}

	private static <E> Map<ConsumerRecord<byte[], byte[]>, Resolution> resolutions(List<Inbound.Event<E>> events,
			List<ReceivedEvent<E>> fresh) {
		Set<ReceivedEvent<E>> applied = identitySet(fresh);
		Map<ConsumerRecord<byte[], byte[]>, Resolution> resolutions = new LinkedHashMap<>();
		for (Inbound.Event<E> event : events) {
			resolutions.put(event.record(),
					applied.contains(event.event()) ? Resolution.APPLIED : Resolution.ALREADY_APPLIED);
		}
		return resolutions;
	}

	/** Two deliveries of one event are equal, but only one was applied. */
	private static <E> Set<ReceivedEvent<E>> identitySet(List<ReceivedEvent<E>> events) {
		Set<ReceivedEvent<E>> set = Collections.newSetFromMap(new IdentityHashMap<>());
		set.addAll(events);
		return set;
	}

	private static <E> void endSpans(List<Inbound.Event<E>> events, List<ReceivedEvent<E>> fresh) {
		Set<ReceivedEvent<E>> applied = identitySet(fresh);
		for (Inbound.Event<E> event : events) {
			if (applied.contains(event.event())) {
				event.span().applied();
			}
			else {
				event.span().duplicate();
			}
		}
	}

	/** Closes redriven dead letters of types that the handler does not take. */
	void skip(List<ConsumerRecord<byte[], byte[]>> records) {
		Map<ConsumerRecord<byte[], byte[]>, Resolution> skipped = new LinkedHashMap<>();
		records.forEach((record) -> skipped.put(record, Resolution.SKIPPED));
		this.deadLetters.resolve(skipped);
	}

	/**
	 * Dead-letters a record that failed in a slice of its own, unless another replica
	 * paused the consumption meanwhile.
	 */
	void deadLetter(Inbound<E> inbound, DeadLetter letter, String errorType) {
		this.transaction.executeWithoutResult((status) -> {
			this.consumption.requireRunning();
			this.deadLetters.store(this.handler.name(), List.of(letter));
		});
		deadLettered(inbound, letter, errorType);
	}

	private void deadLettered(Inbound<E> inbound, DeadLetter letter, String errorType) {
		this.metrics.deadLettered(1);
		inbound.span().deadLettered(errorType);
		var record = letter.record();
		inbound.span()
			.within(() -> logger.warn("dead letter: handler={} topic={} partition={} offset={} attempts={} cause={}",
					this.handler.name(), record.topic(), record.partition(), record.offset(), letter.attempts(),
					errorType));
	}

	private static <E> Stream<Inbound.Event<E>> event(Inbound<E> inbound) {
		return (inbound instanceof Inbound.Event<E> event) ? Stream.of(event) : Stream.empty();
	}

	private static <E> Stream<Inbound.Defect<E>> defect(Inbound<E> inbound) {
		return (inbound instanceof Inbound.Defect<E> defect) ? Stream.of(defect) : Stream.empty();
	}

}
