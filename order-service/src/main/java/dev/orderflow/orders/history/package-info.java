/**
 * What happened to each order: {@link dev.orderflow.orders.history.OrderHistory}
 * publishes each event of an order and keeps it.
 */
@NullMarked
package dev.orderflow.orders.history;

import org.jspecify.annotations.NullMarked;
