package dev.orderflow.migration;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Migrates the starter's tables before the service's own. Each keeps its own version
 * numbers and its own history table ({@value #HISTORY_TABLE} and Flyway's default), so
 * that neither has to know how far the other is.
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
public final class EventTablesAutoConfiguration {

	static final String HISTORY_TABLE = "event_starter_history";

	@Bean
	FlywayMigrationStrategy eventTablesFirst() {
		return (service) -> {
			FluentConfiguration starter = Flyway.configure(service.getConfiguration().getClassLoader())
				.configuration(service.getConfiguration())
				.locations("classpath:db/event-starter")
				.table(HISTORY_TABLE);
			starter.load().migrate();
			service.migrate();
		};
	}

	/**
	 * The other history's tables make a schema "not empty" for Flyway: start at version
	 * 0.
	 */
	@Bean
	FlywayConfigurationCustomizer twoHistoriesInOneSchema() {
		return (configuration) -> configuration.baselineOnMigrate(true).baselineVersion("0");
	}

}
