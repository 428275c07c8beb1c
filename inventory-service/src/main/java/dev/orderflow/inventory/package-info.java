/**
 * Reserves stock for orders. Reading order, along the data flow:
 * {@code OrderEventsHandler} (an event comes in), {@code FollowOrders} (the use case),
 * {@code Ledger} (the decisions), {@code Reservations} and {@code Stock} (their SQL),
 * {@code StockController} (what a person sees).
 */
@NullMarked
package dev.orderflow.inventory;

import org.jspecify.annotations.NullMarked;
