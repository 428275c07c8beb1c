package dev.orderflow.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.orderflow.migration.LibraryTables;
import dev.orderflow.migration.MigrationAutoConfiguration;
import dev.orderflow.setup.Database;
import dev.orderflow.test.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goal: the migrating process creates the starter's tables and the service's own in any
 * earlier state of the database; other processes wait for it. Method: a context with only
 * the migrations, on databases with different histories.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventTablesIT {

	private static final Duration BOUND = Duration.ofSeconds(60);

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

	@Test
	void waitsForTheMigrationsOfAnotherProcessWithTheRightsOfTheServiceAlone(CapturedOutput output) throws Exception {
		CompletableFuture<Void> waiting = CompletableFuture
			.runAsync(() -> waitingService().run((started) -> assertThat(started).hasNotFailed()));
		await().atMost(BOUND).until(() -> output.getAll().contains("waiting for migrations: database="));
		assertThat(waiting).isNotDone();

		migrate();

		waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@CsvSource({ "event_starter_history, V3__create_dead_letter.sql", "flyway_schema_history, V1__create_effect.sql" })
	void failsTheStartWhenAMigrationIsNotAppliedInTime(String history, String script) {
		migrate();
		asOwner().sql("delete from %s where script = '%s'".formatted(history, script)).update();

		waitingService().withPropertyValues("spring.flyway.connect-retries=1").run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContainingAll(this.database.jdbcUrl(), "within 1 s", script);
		});
	}

	@Test
	void failsTheStartWhenTheDatabaseIsNotThereInTime() {
		waitingService()
			.withPropertyValues("spring.flyway.connect-retries=1",
					"spring.datasource.url=" + this.database.jdbcUrl() + "_missing")
			.run((started) -> {
				assertThat(started).hasFailed();
				assertThat(started.getStartupFailure()).rootCause()
					.hasMessageContainingAll("within 1 s", "no answer yet", "_missing\" does not exist");
			});
	}

	@Test
	void acceptsTheSchemaOfALaterRelease() {
		migrate();
		asOwner().sql("""
				insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
				  execution_time, success)
				values (99, '99', 'of a later release', 'SQL', 'V99__of_a_later_release.sql', 'somebody', 1, true)""")
			.update();

		waitingService().run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void isInterruptedWhileItWaits(CapturedOutput output) throws Exception {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread waiting = Thread.ofPlatform()
			.start(() -> waitingService().run((started) -> failure.set(started.getStartupFailure())));
		await().atMost(BOUND).until(() -> output.getAll().contains("waiting for migrations: database="));

		waiting.interrupt();

		assertThat(waiting.join(BOUND)).isTrue();
		assertThat(failure.get()).hasStackTraceContaining("Stopped while waiting for the migrations");
	}

	private void migrate() {
		service().run((started) -> assertThat(started).hasNotFailed());
	}

	/** Without the owner's name and password. */
	private ApplicationContextRunner waitingService() {
		return service().withPropertyValues("orderflow.migration=await", "spring.flyway.user=nobody",
				"spring.flyway.password=none", "spring.flyway.connect-retries=60",
				"spring.flyway.connect-retries-interval=1s");
	}

	private ApplicationContextRunner service() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
					MigrationAutoConfiguration.class))
			.withBean(LibraryTables.class, OutboxAutoConfiguration::eventTables)
			.withPropertyValues(TestServers.properties(this.database)
				.entrySet()
				.stream()
				.map((property) -> property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private void assertMigrated() {
		List<String> tables = asOwner()
			.sql("select table_name from information_schema.tables where table_schema = 'public' order by table_name")
			.query(String.class)
			.list();
		assertThat(tables).containsExactly("consumption_pause", "dead_letter", "effect", "event_starter_history",
				"flyway_schema_history", "inbox_marker", "operator_audit", "outbox_event", "total");
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
