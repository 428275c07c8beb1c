package dev.orderflow.events;

import java.util.UUID;

/** Data of any event; each is about one order. */
public sealed interface Event permits OrderEvent, StockEvent, ShipmentEvent {

	/** The order it is about: the record's key and the event's subject. */
	UUID orderId();

}
