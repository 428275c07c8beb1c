/**
 * The figures of a running system, from databases, Kafka and the services' management
 * endpoints. Reading order: {@link dev.orderflow.demo.summary.SummaryReader} (where each
 * figure comes from), {@link dev.orderflow.demo.summary.Summary} (the figures),
 * {@link dev.orderflow.demo.summary.Screen} (how they are shown).
 */
@NullMarked
package dev.orderflow.demo.summary;

import org.jspecify.annotations.NullMarked;
