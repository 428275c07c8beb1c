package dev.orderflow.migration;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orderflow.stack.server.Database;
import dev.orderflow.test.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a service's database gets the starter's tables and the service's own, whatever
 * was there before. Method: a context with nothing but the migrations, on databases with
 * different pasts.
 */
class EventTablesIT {

	private final Database database = TestServers.database("tables");

	@Test
	void migratesAnEmptyDatabase() {
		migrate();

		assertMigrated();
	}

	@Test
	void migratesADatabaseOfAServiceThatHadNoStarterYet() {
		Flyway.configure()
			.dataSource(this.database.jdbcUrl(), this.database.ddlUser(), this.database.ddlPassword())
			.load()
			.migrate();

		migrate();

		assertMigrated();
	}

	@Test
	void changesNothingTheSecondTime() {
		migrate();
		List<String> history = history();

		migrate();

		assertThat(history()).isEqualTo(history);
		assertMigrated();
	}

	@Test
	void migratesOnceWhenTwoReplicasStartTogether() throws Exception {
		CompletableFuture.allOf(CompletableFuture.runAsync(this::migrate), CompletableFuture.runAsync(this::migrate))
			.get(60, TimeUnit.SECONDS);

		assertMigrated();
	}

	@Test
	void letsTheServiceReadAndWriteButNotChangeTheTables() {
		migrate();

		assertThat(Stream.of("select", "insert", "update", "delete", "truncate")
			.filter((privilege) -> asOwner().sql("select has_table_privilege(:user, 'outbox_event', :privilege)")
				.param("user", this.database.user())
				.param("privilege", privilege)
				.query(Boolean.class)
				.single()))
			.containsExactly("select", "insert", "update", "delete");
	}

	private void migrate() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
					EventTablesAutoConfiguration.class))
			.withPropertyValues(TestServers.properties(this.database)
				.entrySet()
				.stream()
				.map((property) -> property.getKey() + "=" + property.getValue())
				.toArray(String[]::new))
			.run((started) -> assertThat(started).hasNotFailed());
	}

	private void assertMigrated() {
		List<String> tables = asOwner()
			.sql("select table_name from information_schema.tables where table_schema = 'public' order by table_name")
			.query(String.class)
			.list();
		assertThat(tables).containsExactly("dead_letter", "effect", "event_starter_history", "flyway_schema_history",
				"inbox_marker", "outbox_event", "total");
		assertThat(versions("event_starter_history")).contains("1", "2", "3", "4").doesNotHaveDuplicates();
		assertThat(versions("flyway_schema_history")).contains("1").doesNotHaveDuplicates();
	}

	private List<String> history() {
		return Stream.concat(versions("event_starter_history").stream(), versions("flyway_schema_history").stream())
			.toList();
	}

	private List<String> versions(String table) {
		return asOwner().sql("select version from %s where success order by installed_rank".formatted(table))
			.query(String.class)
			.list();
	}

	private JdbcClient asOwner() {
		return JdbcClient.create(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.ddlUser(),
				this.database.ddlPassword()));
	}

}
