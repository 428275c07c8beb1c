package dev.orderflow.events;

import java.util.UUID;

/** Data of an event about one order, on the topic {@link Topics#ORDERS}. */
public sealed interface OrderEvent permits OrderPlaced, OrderConfirmed, OrderRejected {

	/** The order it is about: the record's key and the event's subject. */
	UUID orderId();

}
