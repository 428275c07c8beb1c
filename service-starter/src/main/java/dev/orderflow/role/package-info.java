/**
 * Which parts of a service run in a process, by the setting {@code orderflow.role}. Read
 * {@link dev.orderflow.role.Role} for the roles;
 * {@link dev.orderflow.role.ConditionalOnRole} assigns a bean to a part, and
 * {@code event-starter-role-<role>.yml} has the library settings that a role changes.
 */
@NullMarked
package dev.orderflow.role;

import org.jspecify.annotations.NullMarked;
