package dev.orderflow.events;

/** Data of an event about one order, on the topic {@link Topics#ORDERS}. */
public sealed interface OrderEvent extends Event
		permits OrderPlaced, OrderConfirmed, OrderRejected, OrderCancellationRequested, OrderCancelled, OrderShipped {

}
