package dev.orderflow.test.server;

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
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: wherever it comes from, PostgreSQL has the same settings and the same ways in,
 * and comes back with its data. Method: a server of its own, which is stopped and
 * started.
 */
class TestPostgresIT {

	private static final String NOT_ALLOWED = "42501";

	private static TestPostgres server;

	private static Database database;

	@BeforeAll
	static void start() {
		server = ServerProvider.chosen().startPostgres();
		database = server.createDatabase("parcels");
	}

	@AfterAll
	static void close() {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void hasTheSettingsOfProduction() {
		PostgresSettings.SERVER.forEach((name, value) -> assertThat(ask("show " + name)).as(name).isEqualTo(value));
	}

	@Test
	void checksThePassword() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "wrong").close());
	}

	@Test
	void letsTheSuperuserInWithoutOne() throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), PostgresSettings.SUPERUSER, "")) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@Test
	void keepsTheServiceFromChangingTheSchema() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
			try (Connection service = database.connect(); Statement statement = service.createStatement()) {
				statement.execute("create temporary table crate (id int)");
			}
		}).satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo(NOT_ALLOWED));
	}

	@Test
	void comesBackWithItsData() throws SQLException {
		try (Connection owner = database.connectAsOwner(); Statement statement = owner.createStatement()) {
			statement.execute("create table parcel as select 'kept' as name");
		}

		server.stop();

		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> database.connect().close());

		server.start();

		assertThat(ask("select name from parcel")).isEqualTo("kept");
	}

	@Test
	@DisabledIfSystemProperty(named = "orderflow.test.servers", matches = "containers",
			disabledReason = "it is about the embedded server")
	void runsTheVersionOfTheImage() {
		assertThat("postgres:" + ask("show server_version")).isEqualTo(Images.POSTGRES);
	}

	private static String ask(String sql) {
		try (Connection service = database.connect();
				Statement statement = service.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not ask " + sql, ex);
		}
	}

}
