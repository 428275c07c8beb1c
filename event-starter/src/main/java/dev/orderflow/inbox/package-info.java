/**
 * How events enter a service. A service declares an
 * {@link dev.orderflow.inbox.EventHandler}; read {@code Inbox} for what happens to a
 * batch, {@code Failure} for what is retried and what is given up, and
 * {@code OutageErrorHandler} for how an outage is waited out.
 */
@NullMarked
package dev.orderflow.inbox;

import org.jspecify.annotations.NullMarked;
