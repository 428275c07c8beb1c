/**
 * Takes orders over HTTP and stores each with its event in one transaction. Read
 * {@link dev.orderflow.orders.OrderController} (what comes in),
 * {@link dev.orderflow.orders.OrderRequest} (what is valid),
 * {@link dev.orderflow.orders.PlaceOrder} (the use case) and
 * {@link dev.orderflow.orders.PlaceOrderOnce} (the same under an Idempotency-Key),
 * {@link dev.orderflow.orders.Order} with {@link dev.orderflow.orders.Orders} and
 * {@link dev.orderflow.orders.OrderPages} (what is stored), then
 * {@link dev.orderflow.orders.OrderEvents} (what goes out). Around it: {@code catalogue},
 * {@code history} (events as they were published), {@code idempotency} and
 * {@code problem} (what order-service alone refuses).
 */
@NullMarked
package dev.orderflow.orders;

import org.jspecify.annotations.NullMarked;
