/**
 * How a service reports errors over HTTP, as RFC 9457 problems. Read
 * {@link dev.orderflow.problem.Problems} (what a controller answers),
 * {@code ProblemAdvice} (what Spring MVC refuses, outages and defects),
 * {@code MediaTypeFilter} (media types that no service reads or writes) and
 * {@code ContainerProblems} (what Tomcat refuses before that).
 */
@NullMarked
package dev.orderflow.problem;

import org.jspecify.annotations.NullMarked;
