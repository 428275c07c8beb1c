package dev.orderflow.setup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

import org.postgresql.PGConnection;

/**
 * Creates databases and their roles. Idempotent: existing databases and roles stay, and
 * passwords are set to those of the {@link DatabaseServer}. The next run completes one
 * that crashed. Of two concurrent runs, one may fail.
 */
public final class DatabaseSetup {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,50}");

	private final DatabaseServer server;

	private final String admin;

	private final String adminPassword;

	/**
	 * Setup of one server.
	 * @param admin a role that may create roles and databases; it need not be a superuser
	 */
	public DatabaseSetup(DatabaseServer server, String admin, String adminPassword) {
		this.server = server;
		this.admin = admin;
		this.adminPassword = adminPassword;
	}

	/**
	 * Setup of a server on this machine whose access rules are
	 * {@link PostgresSettings#accessRules}.
	 * @param port where it listens
	 */
	public DatabaseSetup(int port) {
		this(DatabaseServer.local(port), PostgresSettings.SUPERUSER, "");
	}

	/**
	 * Creates a database with its two roles: {@code <name>_ddl} owns it and its schema
	 * {@code public}; {@code <name>} reads and writes rows of every table that the owner
	 * creates, and cannot create anything, not even a temporary table. Neither holds more
	 * than {@value PostgresSettings#ROLE_CONNECTIONS_MAX} connections.
	 * @param name lower case letters, digits and underscores, at most 51
	 */
	public Database create(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"Invalid database name '%s': expected one that matches %s".formatted(name, NAME));
		}
		Database database = database(name);
		try (Connection server = connect()) {
			createRole(server, database.ddlUser(), database.ddlPassword());
			createRole(server, database.user(), database.password());
			// Without superuser rights, an administrator may only assign ownership to
			// roles that it is a member of.
			execute(server, "grant \"%s\" to current_user".formatted(database.ddlUser()));
			if (!exists(server, "select 1 from pg_database where datname = '%s'".formatted(name))) {
				execute(server, "create database \"%s\" owner \"%s\"".formatted(name, database.ddlUser()));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not create database " + name, ex);
		}
		grant(database, name);
		return database;
	}

	private void grant(Database database, String name) {
		try (Connection connection = connect(name)) {
			execute(connection, """
					revoke all on database "%1$s" from public;
					grant connect on database "%1$s" to "%1$s";
					alter schema public owner to "%2$s";
					revoke all on schema public from public;
					grant usage on schema public to "%1$s";
					alter default privileges for role "%2$s" in schema public
					    grant select, insert, update, delete on tables to "%1$s";
					alter default privileges for role "%2$s" in schema public
					    grant usage on sequences to "%1$s";
					""".formatted(name, database.ddlUser()));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not prepare database " + name, ex);
		}
	}

	/**
	 * A database that {@link #create} made, in this start of the server or an earlier
	 * one.
	 */
	public Database database(String name) {
		return this.server.database(name);
	}

	/**
	 * A connection as the administrator to the database that every server has. The caller
	 * closes it.
	 */
	public Connection connect() throws SQLException {
		return connect("postgres");
	}

	private Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(this.server.jdbcUrl(database), this.admin, this.adminPassword);
	}

	private static void createRole(Connection connection, String role, String password) throws SQLException {
		if (!exists(connection, "select 1 from pg_roles where rolname = '%s'".formatted(role))) {
			execute(connection, "create role \"%s\"".formatted(role));
		}
		String literal = connection.unwrap(PGConnection.class).escapeLiteral(password);
		execute(connection, "alter role \"%s\" login password '%s' connection limit %d".formatted(role, literal,
				PostgresSettings.ROLE_CONNECTIONS_MAX));
	}

	private static boolean exists(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
			return rows.next();
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
