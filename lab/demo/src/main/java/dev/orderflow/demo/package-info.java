/**
 * The whole system on one machine, which needs only a JDK. Reading order:
 * {@link dev.orderflow.demo.Demo} (what {@code ./demo} runs),
 * {@link dev.orderflow.demo.Stack} (starts and stops everything),
 * {@link dev.orderflow.audit.OrderTraffic} (places orders),
 * {@link dev.orderflow.audit.Reconciler} (checks that everything adds up).
 */
@NullMarked
package dev.orderflow.demo;

import dev.orderflow.audit.OrderTraffic;
import org.jspecify.annotations.NullMarked;
