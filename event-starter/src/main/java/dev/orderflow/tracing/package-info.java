/**
 * One trace from a request to all that it causes: how its context leaves and enters in
 * the CloudEvents attribute {@code traceparent}.
 */
@NullMarked
package dev.orderflow.tracing;

import org.jspecify.annotations.NullMarked;
