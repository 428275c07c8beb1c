package dev.orderflow.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orderflow.servers.ChildProcess;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: a run of {@code setup} creates everything in services.yaml, a second one changes
 * only passwords, and a waiting run reports what it waits for. Method: a process with
 * environment variables, as in a container, and real servers.
 */
class SetupIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final String ADMIN = "setup_admin";

	@TempDir
	private static Path directory;

	private static PostgresServer postgres;

	private static KafkaServer kafka;

	private static int runs;

	@BeforeAll
	static void start() throws SQLException {
		postgres = PostgresServer.start(Ports.free(), directory.resolve("postgres"), directory.resolve("postgres.log"));
		kafka = KafkaServer.start(Ports.free(), directory.resolve("kafka"), directory.resolve("kafka.log"));
		try (Connection superuser = new DatabaseSetup(postgres.port()).connect();
				Statement statement = superuser.createStatement()) {
			statement.execute("create role %1$s login password '%1$s' createdb createrole".formatted(ADMIN));
		}
	}

	@AfterAll
	static void stop() {
		kafka.close();
		postgres.close();
	}

	@Test
	void createsEverythingAndRunsAgainAsANonSuperuser() throws Exception {
		Map<String, String> variables = Map.of("PGUSER", ADMIN, "PGPASSWORD", ADMIN);
		ChildProcess first = setup(variables);
		assertThat(first.awaitExit(BOUND)).as(first.output()).isZero();

		for (Service service : Topology.load().services()) {
			try (Connection owner = DatabaseServer.local(postgres.port()).database(service.database()).connectAsOwner();
					Statement statement = owner.createStatement()) {
				statement.execute("create table kept (id int)");
			}
		}
		Map<String, String> withPassword = new HashMap<>(variables);
		withPassword.put("POSTGRES_PASSWORD_INVENTORY", "it's new");
		ChildProcess second = setup(withPassword);
		assertThat(second.awaitExit(BOUND)).as(second.output()).isZero();

		assertThat(second.output()).contains("topic orders, exists already");
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
			Set<String> found = admin.listTopics().names().get();
			assertThat(found).containsAll(Topology.load().topics().stream().map((topic) -> topic.name()).toList());
		}
		DatabaseServer changed = new DatabaseServer("localhost", postgres.port(), (role) -> "it's new");
		try (Connection service = changed.database("inventory").connect();
				Statement statement = service.createStatement()) {
			assertThat(statement.execute("insert into kept values (1)")).isFalse();
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("create table no (id int)"));
		}
	}

	@Test
	void boundsTheConnectionsOfARole() throws SQLException {
		assertThat(setup(Map.of("PGUSER", ADMIN, "PGPASSWORD", ADMIN), "--only", "databases").awaitExit(BOUND))
			.isZero();

		try (Connection service = DatabaseServer.local(postgres.port()).database("orders").connect();
				Statement statement = service.createStatement();
				ResultSet limit = statement
					.executeQuery("select rolconnlimit from pg_roles where rolname = 'orders'")) {
			assertThat(limit.next()).isTrue();
			assertThat(limit.getInt(1)).isEqualTo(PostgresSettings.ROLE_CONNECTIONS_MAX);
		}
	}

	@Test
	void createsOnlyTopicsWithClientSettings() throws IOException {
		Path plain = Files.writeString(directory.resolve("plain.properties"), "security.protocol=PLAINTEXT");
		Path tls = Files.writeString(directory.resolve("tls.properties"), "security.protocol=SSL");
		Map<String, String> noPostgres = Map.of("PGPORT", Integer.toString(Ports.free()));

		ChildProcess topics = setup(noPostgres, "--only", "topics", "--kafka-config", plain.toString());
		assertThat(topics.awaitExit(BOUND)).as(topics.output()).isZero();
		assertThat(topics.output()).contains("topic orders");
		ChildProcess refused = setup(noPostgres, "--only", "topics", "--kafka-config", tls.toString(), "--wait", "1");
		assertThat(refused.awaitExit(BOUND)).as(refused.output()).isOne();
	}

	@Test
	void reportsWhatItWaitsForAndGivesUp() {
		ChildProcess setup = setup(Map.of("PGPORT", Integer.toString(Ports.free())), "--wait", "6");

		assertThat(setup.awaitExit(BOUND)).isOne();
		assertThat(setup.output()).contains("... waiting for PostgreSQL on localhost:", "is not available after 6 s",
				"Start it, or set PGHOST and PGPORT for another server");
	}

	@Test
	void doesNotWaitWhenItIsRefused() {
		ChildProcess setup = setup(Map.of("PGUSER", ADMIN, "PGPASSWORD", "wrong"));

		assertThat(setup.awaitExit(BOUND)).isOne();
		assertThat(setup.output()).contains("refuses the connection", ADMIN);
	}

	@Test
	void waitsForAsManyBrokersAsReplicas() {
		ChildProcess setup = setup(Map.of("PGUSER", ADMIN, "PGPASSWORD", ADMIN, "KAFKA_REPLICAS", "3"), "--wait", "5");

		assertThat(setup.awaitExit(BOUND)).isOne();
		assertThat(setup.output()).contains("1 of 3 brokers are available");
	}

	private static ChildProcess setup(Map<String, String> variables, String... options) {
		Map<String, String> environment = new HashMap<>(Map.of("CLASSPATH", System.getProperty("java.class.path"),
				"PGPORT", Integer.toString(postgres.port()), "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
		environment.putAll(variables);
		List<String> command = new ArrayList<>(List.of(ChildProcess.javaExecutable(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", Setup.class.getName()));
		command.addAll(List.of(options));
		return ChildProcess.start("setup", command, environment, directory.resolve("setup-" + ++runs + ".log"));
	}

}
