/**
 * What is refused before a use case sees it, and every answer that says no. Read
 * {@link dev.orderflow.orders.problem.Problems} first, then {@code StrictJson} and
 * {@code BodyLimit} (how a body is read), then {@link dev.orderflow.orders.problem.Text}
 * (what a text is).
 */
@NullMarked
package dev.orderflow.orders.problem;

import org.jspecify.annotations.NullMarked;
