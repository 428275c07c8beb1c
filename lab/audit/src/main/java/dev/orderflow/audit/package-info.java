/**
 * Checks that every accepted order had exactly its effects, only by topics and databases,
 * never by a service's own counters. Read {@link dev.orderflow.audit.Reconciler}, then
 * {@link dev.orderflow.audit.ConsumerAudit} and its implementations.
 */
@NullMarked
package dev.orderflow.audit;

import org.jspecify.annotations.NullMarked;
