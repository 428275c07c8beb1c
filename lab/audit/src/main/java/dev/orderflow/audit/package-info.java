/**
 * Whether every accepted order had exactly its effects, judged from topics and databases
 * alone, never from what a service counts. Read {@link dev.orderflow.audit.Reconciler},
 * then {@link dev.orderflow.audit.ConsumerAudit} and its implementations.
 */
@NullMarked
package dev.orderflow.audit;

import org.jspecify.annotations.NullMarked;
