/**
 * The figures of a running system, from databases, Kafka and the services' management
 * endpoints. Reading order: {@link dev.orderflow.stack.summary.SummaryReader} (where each
 * figure comes from), {@link dev.orderflow.stack.summary.Summary} (the figures),
 * {@link dev.orderflow.stack.summary.Screen} (how they are shown).
 */
@NullMarked
package dev.orderflow.stack.summary;

import org.jspecify.annotations.NullMarked;
