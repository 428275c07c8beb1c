package dev.orderflow.migration;

/**
 * Tables that a library brings into the database of every service that has it. A bean of
 * this type has them migrated before the service's own.
 *
 * @param location where its migrations are, as Flyway takes it
 * @param historyTable which of them are applied; a name of the library's own
 */
public record LibraryTables(String location, String historyTable) {
}
