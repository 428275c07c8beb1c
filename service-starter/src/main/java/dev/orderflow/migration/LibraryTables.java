package dev.orderflow.migration;

/**
 * Tables that a library brings into the database of every service that has it. Declared
 * as a bean, they are migrated before the service's own.
 *
 * @param location Flyway location of its migrations
 * @param historyTable Flyway history table; its name is the library's own
 */
public record LibraryTables(String location, String historyTable) {
}
