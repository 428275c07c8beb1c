package dev.orderflow.setup;

import java.util.function.UnaryOperator;

/**
 * A PostgreSQL server with one database for each service.
 *
 * @param host where clients find it
 * @param port where it listens
 * @param passwords the password of a role, by the role's name
 */
public record DatabaseServer(String host, int port, UnaryOperator<String> passwords) {

	/**
	 * A server on this machine, where each role's password is its name. Not for any other
	 * use.
	 */
	public static DatabaseServer local(int port) {
		return new DatabaseServer("localhost", port, UnaryOperator.identity());
	}

	/**
	 * A service's database, which need not exist yet. Its roles are {@code <name>} for
	 * the service and {@code <name>_ddl} for the owner of the schema.
	 */
	public Database database(String name) {
		String owner = name + "_ddl";
		return new Database(jdbcUrl(name), name, this.passwords.apply(name), owner, this.passwords.apply(owner));
	}

	/** The address of one of its databases. */
	public String jdbcUrl(String database) {
		return "jdbc:postgresql://%s:%d/%s".formatted(this.host, this.port, database);
	}

	/** Without the passwords, because this lands in messages. */
	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
