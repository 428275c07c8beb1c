/**
 * How events enter a service. A service declares an
 * {@link dev.orderflow.inbox.EventHandler}, or a
 * {@link dev.orderflow.inbox.PreparingEventHandler} if it calls other systems; read
 * {@code Inbox} for what happens to a batch, {@code Failure} for what is retried and what
 * becomes a dead letter, and {@code OutageErrorHandler} for what happens in an outage.
 */
@NullMarked
package dev.orderflow.inbox;

import org.jspecify.annotations.NullMarked;
