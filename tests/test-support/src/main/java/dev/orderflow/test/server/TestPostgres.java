package dev.orderflow.test.server;

import dev.orderflow.setup.Database;
import dev.orderflow.setup.DatabaseSetup;

/** A PostgreSQL of the tests. */
public interface TestPostgres extends TestServer {

	/** Where it listens on this machine. */
	int port();

	/**
	 * Creates a database with its two roles, as {@link DatabaseSetup#create} describes.
	 */
	default Database createDatabase(String name) {
		return new DatabaseSetup(port()).create(name);
	}

}
