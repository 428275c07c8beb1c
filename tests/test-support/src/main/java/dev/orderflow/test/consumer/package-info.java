/**
 * What the tests of every consumer share. Read
 * {@link dev.orderflow.test.consumer.ConsumerContract} (what each must do),
 * {@link dev.orderflow.test.consumer.PlacedOrders} (the events it reads), then
 * {@link dev.orderflow.test.consumer.ConsumerTest} (how it is started).
 */
@NullMarked
package dev.orderflow.test.consumer;

import org.jspecify.annotations.NullMarked;
