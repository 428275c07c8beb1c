/**
 * One trace from a request to everything it causes, propagated in the CloudEvents
 * attribute {@code traceparent}.
 */
@NullMarked
package dev.orderflow.tracing;

import org.jspecify.annotations.NullMarked;
