/**
 * The services and the topics that they produce and consume, as {@code services.yaml}
 * declares them.
 */
@NullMarked
package dev.orderflow.topology;

import org.jspecify.annotations.NullMarked;
