/**
 * The tables of outbox, inbox and dead letters, brought into every service's database,
 * and who does it: {@link dev.orderflow.migration.Migration}, the setting
 * {@code orderflow.migration}.
 */
@NullMarked
package dev.orderflow.migration;

import org.jspecify.annotations.NullMarked;
