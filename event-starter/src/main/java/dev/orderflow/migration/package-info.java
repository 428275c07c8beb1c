/**
 * The tables of outbox, inbox and dead letters, brought into every service's database.
 */
@NullMarked
package dev.orderflow.migration;

import org.jspecify.annotations.NullMarked;
