package dev.orderflow.setup;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Option;

/**
 * Options that locate PostgreSQL and Kafka. Each has an environment variable;
 * PostgreSQL's are those of its own programs. Passwords come from variables only, because
 * every user of a machine sees the arguments of a process.
 */
public final class ServerOptions {

	/** Variables with this prefix and a role's name in capitals hold its password. */
	static final String PASSWORD_PREFIX = "POSTGRES_PASSWORD_";

	private static final String ANSWER_MILLIS_MAX = "3000";

	@Option(names = "--postgres-host", paramLabel = "HOST", defaultValue = "${env:PGHOST:-localhost}",
			description = "Also from PGHOST. Default: localhost.")
	private String postgresHost = "localhost";

	@Option(names = "--postgres-port", paramLabel = "PORT",
			defaultValue = "${env:PGPORT:-" + Topology.POSTGRES_PORT + "}",
			description = "Also from PGPORT. Default: " + Topology.POSTGRES_PORT + ".")
	private int postgresPort = Topology.POSTGRES_PORT;

	@Option(names = "--kafka", paramLabel = "HOST:PORT",
			defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:" + Topology.KAFKA_PORT + "}",
			description = "Bootstrap servers, comma separated. Also from KAFKA_BOOTSTRAP_SERVERS. "
					+ "Default: localhost:" + Topology.KAFKA_PORT + ".")
	private String kafka = "localhost:" + Topology.KAFKA_PORT;

	@Option(names = "--kafka-config", paramLabel = "FILE", defaultValue = "${env:KAFKA_CONFIG}",
			description = "Settings of the Kafka client, for example credentials, in the format of --command-config of "
					+ "Kafka's own tools. Also from KAFKA_CONFIG. Default: none.")
	private Optional<Path> kafkaConfig = Optional.empty();

	@Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "300",
			description = "How long to wait for each server. Default: ${DEFAULT-VALUE}.")
	private int waitSecondsMax = 300;

	/**
	 * The PostgreSQL server, with passwords from the environment; the default is the
	 * role's name.
	 */
	public DatabaseServer databases() {
		return new DatabaseServer(this.postgresHost, this.postgresPort,
				(role) -> environment(PASSWORD_PREFIX + role.toUpperCase(Locale.ROOT), role));
	}

	/** The bootstrap servers. */
	public String bootstrapServers() {
		return this.kafka;
	}

	/** A client's settings: where the brokers are, and how to log in. */
	public Map<String, Object> kafka() {
		Map<String, Object> client = new HashMap<>();
		this.kafkaConfig.ifPresent((file) -> {
			Properties settings = new Properties();
			try (Reader reader = Files.newBufferedReader(file)) {
				settings.load(reader);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Could not read the Kafka client's settings in " + file, ex);
			}
			settings.stringPropertyNames().forEach((name) -> client.put(name, settings.getProperty(name)));
		});
		client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.kafka);
		return client;
	}

	/** How long to wait for each server. */
	public Duration waitMax() {
		return Duration.ofSeconds(this.waitSecondsMax);
	}

	/** Waits until PostgreSQL accepts connections. */
	public void awaitPostgres(Connector connector, Waiting waiting) throws InterruptedException {
		waiting.until("PostgreSQL on " + databases(), "set PGHOST and PGPORT for another server", () -> {
			try (Connection connection = connector.connect()) {
				return connection.isValid(1);
			}
			catch (SQLException ex) {
				if (ex.getSQLState() != null
						&& (ex.getSQLState().startsWith("28") || ex.getSQLState().equals("3D000"))) {
					throw new IllegalStateException("PostgreSQL on %s refuses the connection".formatted(databases()),
							ex);
				}
				throw ex;
			}
		});
	}

	/** Waits until {@code brokers} brokers are available. */
	public void awaitKafka(int brokers, Waiting waiting) throws InterruptedException {
		waiting.until("Kafka on " + this.kafka, "set KAFKA_BOOTSTRAP_SERVERS for another server", () -> {
			Map<String, Object> client = kafka();
			client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS_MAX);
			client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS_MAX);
			try (Admin admin = Admin.create(client)) {
				int found = admin.describeCluster().nodes().get().size();
				if (found < brokers) {
					throw new IllegalArgumentException("%d of %d brokers are available".formatted(found, brokers));
				}
				return true;
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof Exception cause) ? cause : ex;
			}
		});
	}

	static String environment(String variable, String otherwise) {
		String value = System.getenv(variable);
		return (value != null && !value.isEmpty()) ? value : otherwise;
	}

	@FunctionalInterface
	public interface Connector {

		Connection connect() throws SQLException;

	}

}
