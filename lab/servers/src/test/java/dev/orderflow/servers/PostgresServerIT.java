package dev.orderflow.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.orderflow.setup.Database;
import dev.orderflow.setup.PostgresSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: a service's role has only the privileges that the service needs, and the server
 * keeps acknowledged data. Method: each role queries a real server.
 */
class PostgresServerIT {

	private static final String NOT_ALLOWED = "42501";

	private static PostgresServer server;

	private static Database database;

	@BeforeAll
	static void start(@TempDir Path directory) throws SQLException {
		server = PostgresServer.start(Ports.free(), directory.resolve("data"), directory.resolve("log"));
		database = server.createDatabase("orders");
		try (Connection owner = database.connectAsOwner(); Statement statement = owner.createStatement()) {
			statement.execute("create table parcel (id bigint generated always as identity, name text)");
		}
	}

	@AfterAll
	static void stop() {
		server.close();
		assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive)).isEmpty();
		assertThat(Ports.isFree(server.port())).isTrue();
	}

	@Test
	void flushesToDisk() throws SQLException {
		assertThat(ask("show fsync")).isEqualTo("on");
		assertThat(ask("show synchronous_commit")).isEqualTo("on");
		assertThat(ask("show full_page_writes")).isEqualTo("on");
	}

	@Test
	void allowsTheConfiguredNumberOfConnections() throws SQLException {
		assertThat(ask("show max_connections")).isEqualTo(Integer.toString(PostgresSettings.CONNECTIONS_MAX));
	}

	@Test
	void letsTheServiceReadAndWriteRows() throws SQLException {
		assertThat(ask("insert into parcel (name) values ('a') returning name")).isEqualTo("a");
		assertThat(ask("update parcel set name = 'b' returning name")).isEqualTo("b");
		assertThat(ask("delete from parcel returning name")).isEqualTo("b");
	}

	@Test
	void keepsTheServiceFromChangingTheSchema() {
		assertRefused("create table crate (id int)");
		assertRefused("create temporary table crate (id int)");
		assertRefused("create schema crates");
		assertRefused("alter table parcel add column weight int");
		assertRefused("truncate parcel");
		assertRefused("drop table parcel");
	}

	@Test
	void keepsAServiceOutOfAnotherServicesDatabase() {
		Database other = server.createDatabase("inventory");

		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(
					() -> DriverManager.getConnection(other.jdbcUrl(), database.user(), database.password()).close())
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo(NOT_ALLOWED));
	}

	@Test
	void checksThePassword() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "wrong").close());
	}

	@Test
	void namesAPortThatIsTaken(@TempDir Path directory) {
		assertThatExceptionOfType(PortTakenException.class)
			.isThrownBy(() -> PostgresServer.start(server.port(), directory.resolve("data"), directory.resolve("log")))
			.withMessageContaining(Integer.toString(server.port()))
			.withMessageContaining("PostgreSQL");
	}

	private static String ask(String sql) throws SQLException {
		try (Connection service = database.connect();
				Statement statement = service.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
	}

	private static void assertRefused(String sql) {
		assertThatExceptionOfType(SQLException.class).as(sql).isThrownBy(() -> {
			try (Connection service = database.connect(); Statement statement = service.createStatement()) {
				statement.execute(sql);
			}
		}).satisfies((ex) -> assertThat(ex.getSQLState()).as(sql).isEqualTo(NOT_ALLOWED));
	}

	@Test
	@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void aKilledServerStartsAgainWithWhatWasCommitted(@TempDir Path directory) throws SQLException {
		int port = Ports.free();
		PostgresServer killed = PostgresServer.start(port, directory.resolve("data"), directory.resolve("log"));
		Database database = killed.createDatabase("things");
		try (Connection connection = database.connectAsOwner(); Statement statement = connection.createStatement()) {
			statement.execute("create table thing (id int)");
			statement.execute("insert into thing values (1)");
			killed.kill();
		}
		assertThat(killed.isAlive()).isFalse();

		try (PostgresServer again = PostgresServer.start(port, directory.resolve("data"), directory.resolve("log"));
				Connection connection = again.database("things").connectAsOwner();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select count(*) from thing")) {
			row.next();
			assertThat(row.getInt(1)).isEqualTo(1);
			killed.close();
			assertThat(again.isAlive()).as("closing the killed one ends nothing").isTrue();
		}
	}

}
