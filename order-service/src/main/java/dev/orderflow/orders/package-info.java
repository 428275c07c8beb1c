/**
 * Stores each order with its event in one transaction. {@code http} takes the requests.
 * Read {@link dev.orderflow.orders.PlaceOrder} (the use case),
 * {@link dev.orderflow.orders.PlaceOrderOnce} (the same under an Idempotency-Key),
 * {@link dev.orderflow.orders.Order} with {@link dev.orderflow.orders.Orders} and
 * {@link dev.orderflow.orders.OrderPages} (what is stored), then
 * {@link dev.orderflow.orders.OrderEvents} (what goes out). How its status changes:
 * {@link dev.orderflow.orders.Transition} (the state machine),
 * {@link dev.orderflow.orders.CancelOrder} (at the customer's request) and
 * {@code FulfilmentEventsHandler}, {@code JudgeOrders} (by the events of inventory and
 * shipping). Around it: {@code catalogue}, {@code history} (events as they were
 * published) and {@code idempotency}.
 */
@NullMarked
package dev.orderflow.orders;

import org.jspecify.annotations.NullMarked;
