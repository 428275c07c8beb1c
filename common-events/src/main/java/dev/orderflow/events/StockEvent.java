package dev.orderflow.events;

import java.util.UUID;

/**
 * Data of a decision about the stock for one order, on the topic {@link Topics#STOCK}.
 */
public sealed interface StockEvent permits StockReserved, StockRejected {

	/** The order it is about: the record's key and the event's subject. */
	UUID orderId();

}
