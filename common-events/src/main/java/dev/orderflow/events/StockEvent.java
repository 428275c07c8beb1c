package dev.orderflow.events;

/**
 * Data of a decision about the stock for one order, on the topic {@link Topics#STOCK}.
 */
public sealed interface StockEvent extends Event permits StockReserved, StockRejected {

}
