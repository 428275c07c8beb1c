/**
 * Which parts of a service run in a process, by the setting {@code orderflow.role}. Read
 * {@link dev.orderflow.role.Role} for what the roles are; a bean says by
 * {@link dev.orderflow.role.ConditionalOnRole} to which part it belongs, and what a role
 * changes in the settings of the libraries is in {@code event-starter-role-<role>.yml}.
 */
@NullMarked
package dev.orderflow.role;

import org.jspecify.annotations.NullMarked;
