/**
 * Commands for an environment that runs elsewhere: in containers, in a cluster, on
 * another machine. Reading order: {@link dev.orderflow.stack.environment.LocalStack} (the
 * command line), {@link dev.orderflow.stack.environment.Setup} (databases, roles,
 * topics), {@link dev.orderflow.stack.environment.Reconcile} (orders go in, all adds up).
 */
@NullMarked
package dev.orderflow.stack.environment;

import org.jspecify.annotations.NullMarked;
