/**
 * Who changes the schema of a service's database, and in what order:
 * {@link dev.orderflow.migration.Migration}, the setting {@code orderflow.migration}, and
 * {@link dev.orderflow.migration.LibraryTables}.
 */
@NullMarked
package dev.orderflow.migration;

import org.jspecify.annotations.NullMarked;
