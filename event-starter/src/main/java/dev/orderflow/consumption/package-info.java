/**
 * Whether the consumer of this service may process events: a row that every replica
 * reads, written by a consumer that its release breaks and by operators.
 */
@NullMarked
package dev.orderflow.consumption;

import org.jspecify.annotations.NullMarked;
