/**
 * Reserves stock for orders. Reading order, along the data flow:
 * {@code OrderEventsHandler} (an event comes in), {@code ReserveStock} (the decision),
 * {@code Stock} (its SQL), {@code StockController} (what a person sees).
 */
@NullMarked
package dev.orderflow.inventory;

import org.jspecify.annotations.NullMarked;
