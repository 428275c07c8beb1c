/**
 * Answers that say no, as RFC 9457 problems, for services with a few read endpoints. Read
 * {@link dev.orderflow.problem.Problems} (what a controller answers), then
 * {@code ProblemAdvice} (what Spring MVC refuses, and failures).
 */
@NullMarked
package dev.orderflow.problem;

import org.jspecify.annotations.NullMarked;
