/**
 * The whole system on one machine from a JDK alone. Reading order:
 * {@link dev.orderflow.stack.Demo} (what {@code ./demo} runs),
 * {@link dev.orderflow.stack.Stack} (starts and stops everything),
 * {@link dev.orderflow.stack.OrderTraffic} (places orders),
 * {@link dev.orderflow.stack.reconcile.Reconciler} (checks that all adds up).
 */
@NullMarked
package dev.orderflow.stack;

import org.jspecify.annotations.NullMarked;
