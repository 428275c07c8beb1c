/**
 * How a service stops without breaking connections:
 * {@link dev.orderflow.shutdown.ConnectionDrain}.
 */
@NullMarked
package dev.orderflow.shutdown;

import org.jspecify.annotations.NullMarked;
