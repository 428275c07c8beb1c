/**
 * Whether every accepted order had exactly its effects, judged from topics and databases
 * alone, never from what a service counts. Read
 * {@link dev.orderflow.stack.reconcile.Reconciler}, then
 * {@link dev.orderflow.stack.reconcile.ConsumerAudit} and its implementations.
 */
@NullMarked
package dev.orderflow.stack.reconcile;

import org.jspecify.annotations.NullMarked;
