package dev.orderflow.orders.history;

import java.util.UUID;

import dev.orderflow.outbox.OutgoingEvent;
import io.cloudevents.CloudEvent;

/**
 * Something that happens to an order whose row the running transaction has inserted or
 * locked.
 */
public sealed interface Happening {

	/** The order. */
	UUID orderId();

	/** The result, in a few words, for the timeline. */
	String detail();

	/** This service says so: the event is published and kept. */
	record Published(UUID orderId, OutgoingEvent event, String detail) implements Happening {

	}

	/** Another service said so: its event is kept as it came. */
	record Received(UUID orderId, CloudEvent event, String detail) implements Happening {

	}

}
