package dev.orderflow.setup;

import java.util.Map;

/**
 * The settings of every PostgreSQL that Orderflow starts, as a process or in a container:
 * what it acknowledged survives a crash of server and machine, as in production.
 */
public final class PostgresSettings {

	/** Connections that all services and tools together may hold. */
	public static final int CONNECTIONS_MAX = 200;

	/**
	 * Connections that one role may hold, so that a service that wants more and more of
	 * them does not take those of the others.
	 */
	public static final int ROLE_CONNECTIONS_MAX = 60;

	/** The role that creates databases; it needs no password. */
	public static final String SUPERUSER = "postgres";

	/** Under the names PostgreSQL gives them. */
	public static final Map<String, String> SERVER = Map.of("fsync", "on", "synchronous_commit", "on",
			"max_connections", Integer.toString(CONNECTIONS_MAX));

	private PostgresSettings() {
	}

	/**
	 * Who may log in how ({@code pg_hba.conf}): the superuser without, every other role
	 * with its password. That is fit only for a server that this machine alone can reach.
	 * @param clients the addresses that the server sees: {@code localhost}, or
	 * {@code all} where the network between hides them
	 */
	public static String accessRules(String clients) {
		return """
				local all all trust
				host all %1$s %2$s trust
				host all all %2$s scram-sha-256
				""".formatted(SUPERUSER, clients);
	}

}
