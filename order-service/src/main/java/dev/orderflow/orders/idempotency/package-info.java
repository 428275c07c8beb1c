/**
 * The guarantees of an Idempotency-Key. Read
 * {@link dev.orderflow.orders.idempotency.IdempotencyKeys} first.
 */
@NullMarked
package dev.orderflow.orders.idempotency;

import org.jspecify.annotations.NullMarked;
