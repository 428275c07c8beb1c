package dev.orderflow.stack.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Creates databases on a PostgreSQL of this machine whose access rules are
 * {@link PostgresSettings#accessRules}.
 */
public final class DatabaseSetup {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,50}");

	private final int port;

	/**
	 * For one server.
	 * @param port where it listens on this machine
	 */
	public DatabaseSetup(int port) {
		this.port = port;
	}

	/**
	 * Creates a database with its two roles: {@code <name>_ddl} owns it and its schema
	 * {@code public}; {@code <name>} reads and writes rows of every table that the owner
	 * makes, and can create nothing, not even a temporary table. Each role's password is
	 * its name, which is fit for this machine only.
	 * @param name lower case letters, digits and underscores, at most 51
	 */
	public Database create(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("Expected a database name like %s, found '%s'".formatted(NAME, name));
		}
		String owner = owner(name);
		execute(PostgresSettings.SUPERUSER, """
				create role "%2$s" login password '%2$s';
				create role "%1$s" login password '%1$s';
				""".formatted(name, owner));
		execute(PostgresSettings.SUPERUSER, "create database \"%s\" owner \"%s\"".formatted(name, owner));
		execute(name, """
				revoke all on database "%1$s" from public;
				grant connect on database "%1$s" to "%1$s";
				alter schema public owner to "%2$s";
				revoke all on schema public from public;
				grant usage on schema public to "%1$s";
				alter default privileges for role "%2$s" in schema public
				    grant select, insert, update, delete on tables to "%1$s";
				alter default privileges for role "%2$s" in schema public
				    grant usage on sequences to "%1$s";
				""".formatted(name, owner));
		return database(name);
	}

	/**
	 * A database that {@link #create} made, in this start of the server or an earlier
	 * one.
	 */
	public Database database(String name) {
		return new Database(jdbcUrl(name), name, name, owner(name), owner(name));
	}

	/**
	 * A connection as the superuser to the database of that name. The caller closes it.
	 */
	public Connection connect() throws SQLException {
		return connect(PostgresSettings.SUPERUSER);
	}

	private Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(jdbcUrl(database), PostgresSettings.SUPERUSER, "");
	}

	private static String owner(String database) {
		return database + "_ddl";
	}

	private String jdbcUrl(String database) {
		return "jdbc:postgresql://localhost:%d/%s".formatted(this.port, database);
	}

	private void execute(String database, String sql) {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not prepare database " + database, ex);
		}
	}

}
