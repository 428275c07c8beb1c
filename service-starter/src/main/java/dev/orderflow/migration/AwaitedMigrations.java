package dev.orderflow.migration;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.NestedExceptionUtils;

/**
 * Waits for the migrations of this release, which another process applies. It reads the
 * history tables with the service's own database role and never writes them.
 */
final class AwaitedMigrations {

	private static final Duration POLL = Duration.ofSeconds(1);

	/**
	 * JDBC timeouts in seconds: without them, a database that does not respond would
	 * extend the wait beyond its limit.
	 */
	private static final Map<String, String> ANSWER_MAX = Map.of("connectTimeout", "3", "socketTimeout", "10");

	private static final int POLLS_BETWEEN_LINES = 10;

	private static final Logger logger = LoggerFactory.getLogger(AwaitedMigrations.class);

	private final String database;

	private final Duration waitMax;

	private final List<Flyway> histories;

	/**
	 * Connects to the database as the service does.
	 * @param histories one configuration for each history table
	 */
	AwaitedMigrations(JdbcConnectionDetails service, List<FluentConfiguration> histories) {
		this.database = service.getJdbcUrl().replaceFirst("\\?.*", "");
		FluentConfiguration any = histories.getFirst();
		this.waitMax = Duration.ofSeconds((long) any.getConnectRetries() * any.getConnectRetriesInterval());
		this.histories = histories.stream()
			.map((history) -> history.dataSource(service.getJdbcUrl(), service.getUsername(), service.getPassword())
				.jdbcProperties(ANSWER_MAX)
				.connectRetries(0)
				.load())
			.toList();
	}

	/**
	 * Returns when all migrations are applied. An interrupt ends the wait, too.
	 * @throws IllegalStateException the migrations are not applied in time
	 */
	void await() {
		try {
			awaitUntilInterrupted();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Stopped while waiting for the migrations of " + this.database, ex);
		}
	}

	private void awaitUntilInterrupted() throws InterruptedException {
		long deadline = System.nanoTime() + this.waitMax.toNanos();
		String missing = missing();
		for (int polls = 0; !missing.isEmpty(); polls++) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("Could not confirm the migrations of this release in %s within %d s: %s"
					.formatted(this.database, this.waitMax.toSeconds(), missing));
			}
			if (polls % POLLS_BETWEEN_LINES == 0) {
				logger.info("waiting for migrations: database={} {}", this.database, missing);
			}
			Thread.sleep(POLL);
			missing = missing();
		}
		logger.info("migrations of this release are applied: database={}", this.database);
	}

	/**
	 * Describes the missing migrations, or why they are unknown; empty if all are
	 * applied.
	 */
	private String missing() {
		try {
			List<String> scripts = this.histories.stream()
				.flatMap((history) -> Stream.of(history.info().all()))
				.filter(AwaitedMigrations::isNotApplied)
				.map(MigrationInfo::getScript)
				.toList();
			return scripts.isEmpty() ? "" : "not applied yet: " + scripts;
		}
		catch (FlywayException ex) {
			return "no answer yet: "
					+ NestedExceptionUtils.getMostSpecificCause(ex).toString().lines().findFirst().orElse("");
		}
	}

	private static boolean isNotApplied(MigrationInfo migration) {
		return migration.getState().isResolved()
				&& (!migration.getState().isApplied() || migration.getState().isFailed());
	}

}
