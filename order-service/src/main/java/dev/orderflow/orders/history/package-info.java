/**
 * What happened to each order. Read {@link dev.orderflow.orders.history.OrderHistory}
 * (how an event is published and kept), then {@code HistoryController} (how it is read).
 */
@NullMarked
package dev.orderflow.orders.history;

import org.jspecify.annotations.NullMarked;
