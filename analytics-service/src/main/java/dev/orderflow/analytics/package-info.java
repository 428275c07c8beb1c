/**
 * Keeps sales figures. Reading order, along the data flow: {@code OrderEventsHandler} (an
 * event comes in), {@code CountSales} (what is counted), {@code Sales} (its SQL),
 * {@code SalesController} (what a person sees). {@code FigureSets} says which of two sets
 * of tables serves; {@code rebuild} fills the other one.
 */
@NullMarked
package dev.orderflow.analytics;

import org.jspecify.annotations.NullMarked;
