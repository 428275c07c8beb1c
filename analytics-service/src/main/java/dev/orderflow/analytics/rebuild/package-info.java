/**
 * Rebuilds the figures from the topics while they are served: a process of its own, with
 * the profile {@code rebuild}. Reading order: {@code RebuildCommand} (what a person asks
 * for), {@code RebuildFigures} (what happens), {@code RetainedOrders} (what the topics
 * still have), {@code RebuildCounting} (what is counted), {@code FigureCopies} (the rest,
 * and whether all adds up).
 */
@NullMarked
package dev.orderflow.analytics.rebuild;

import org.jspecify.annotations.NullMarked;
