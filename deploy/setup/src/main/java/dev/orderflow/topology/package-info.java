/**
 * Which services there are and which topics they produce and consume: what
 * {@code services.yaml} says.
 */
@NullMarked
package dev.orderflow.topology;

import org.jspecify.annotations.NullMarked;
