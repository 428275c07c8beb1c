/**
 * Which parts of a service run in a process: {@code orderflow.role}. See
 * {@link dev.orderflow.role.Role}.
 */
@NullMarked
package dev.orderflow.role;

import org.jspecify.annotations.NullMarked;
