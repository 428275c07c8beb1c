package dev.orderflow.setup;

import java.util.Map;

/**
 * The settings of every PostgreSQL that Orderflow starts, as a process or in a container:
 * acknowledged data survives a crash of server and machine, as in production.
 */
public final class PostgresSettings {

	/** Connections that all services and tools together may hold. */
	public static final int CONNECTIONS_MAX = 200;

	/**
	 * Connection limit of one role, so that a service that leaks connections does not
	 * exhaust those of the others.
	 */
	public static final int ROLE_CONNECTIONS_MAX = 60;

	/** The role that creates databases; it needs no password. */
	public static final String SUPERUSER = "postgres";

	/** Server settings, under PostgreSQL's names. */
	public static final Map<String, String> SERVER = Map.of("fsync", "on", "synchronous_commit", "on",
			"max_connections", Integer.toString(CONNECTIONS_MAX));

	private PostgresSettings() {
	}

	/**
	 * Access rules ({@code pg_hba.conf}): the superuser logs in without a password, every
	 * other role with its own. Only for a server that no other machine can reach.
	 * @param clients the client addresses that the server sees: {@code localhost}, or
	 * {@code all} if NAT hides them
	 */
	public static String accessRules(String clients) {
		return """
				local all all trust
				host all %1$s %2$s trust
				host all all %2$s scram-sha-256
				""".formatted(SUPERUSER, clients);
	}

}
