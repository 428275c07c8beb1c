package dev.orderflow.test.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.servers.Ports;
import dev.orderflow.setup.DatabaseSetup;
import dev.orderflow.setup.PostgresSettings;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** PostgreSQL in a container, with the settings and access rules of the embedded one. */
final class ContainerPostgres implements TestPostgres {

	private static final int CONTAINER_PORT = 5432;

	private static final String ACCESS_RULES = "/etc/pg_hba.conf";

	private static final int VALID_SECONDS_MAX = 2;

	private final int port;

	private final ServerContainer container;

	private ContainerPostgres(int port, ServerContainer container) {
		this.port = port;
		this.container = container;
	}

	static ContainerPostgres startNew() {
		ContainerEngine.requireImages(Images.POSTGRES);
		int port = Ports.free();
		GenericContainer<?> container = new GenericContainer<>(Images.POSTGRES)
			.withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
			.withCopyToContainer(Transferable.of(PostgresSettings.accessRules("all")), ACCESS_RULES)
			.withCommand(command());
		return new ContainerPostgres(port,
				ServerContainer.start(container, port, CONTAINER_PORT, () -> isReady(new DatabaseSetup(port))));
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void stop() {
		this.container.stop();
	}

	@Override
	public void start() {
		this.container.startAgain();
	}

	@Override
	public void close() {
		this.container.remove();
	}

	private static String[] command() {
		List<String> command = new ArrayList<>(List.of("postgres", "-c", "hba_file=" + ACCESS_RULES));
		PostgresSettings.SERVER.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
		return command.toArray(String[]::new);
	}

	private static boolean isReady(DatabaseSetup server) throws SQLException {
		try (Connection connection = server.connect()) {
			return connection.isValid(VALID_SECONDS_MAX);
		}
	}

}
