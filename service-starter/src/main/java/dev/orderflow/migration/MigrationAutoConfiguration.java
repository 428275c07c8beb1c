package dev.orderflow.migration;

import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationListener;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;

/**
 * Migrates the tables of libraries before the service's own, or waits until another
 * process has: {@link Migration} decides. Each {@link LibraryTables} keeps its own
 * version numbers and its own history table, so that none depends on the version of
 * another.
 */
@AutoConfiguration(before = { FlywayAutoConfiguration.class, LifecycleAutoConfiguration.class })
public final class MigrationAutoConfiguration {

	@Bean
	FlywayMigrationStrategy librariesFirst(Environment environment, JdbcConnectionDetails asTheService,
			ObjectProvider<LibraryTables> libraries) {
		return switch (Migration.of(environment)) {
			case RUN, ONLY -> (service) -> EndedByShutdown.run(() -> {
				libraries.orderedStream()
					.forEach((library) -> Flyway.configure().configuration(of(library, service)).load().migrate());
				service.migrate();
			});
			case AWAIT -> (service) -> EndedByShutdown.run(new AwaitedMigrations(asTheService,
					Stream
						.concat(libraries.orderedStream().map((library) -> of(library, service)),
								Stream.of(settingsOf(service)))
						.toList())::await);
		};
	}

	private static FluentConfiguration of(LibraryTables library, Flyway service) {
		return settingsOf(service).locations(library.location()).table(library.historyTable());
	}

	private static FluentConfiguration settingsOf(Flyway service) {
		return Flyway.configure(service.getConfiguration().getClassLoader()).configuration(service.getConfiguration());
	}

	/**
	 * The tables of other histories make the schema "not empty" for Flyway, so each
	 * history starts at version 0.
	 */
	@Bean
	FlywayConfigurationCustomizer manyHistoriesInOneSchema() {
		return (configuration) -> configuration.baselineOnMigrate(true).baselineVersion("0");
	}

	/** Relies on {@code service-starter-migration-only.yml}, which makes beans lazy. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = Migration.PROPERTY, havingValue = "only")
	static class MigrationOnly {

		@Bean
		static LazyInitializationExcludeFilter theMigrationIsAskedFor() {
			return LazyInitializationExcludeFilter.forBeanTypes(FlywayMigrationInitializer.class);
		}

		/**
		 * Starts neither relay, bindings nor anything else. Spring Cloud Stream calls
		 * {@code start} once more after the refresh.
		 */
		@Bean
		LifecycleProcessor lifecycleProcessor() {
			return new DefaultLifecycleProcessor() {
				@Override
				public void onRefresh() {
				}

				@Override
				public void start() {
				}
			};
		}

		@Bean
		ApplicationListener<ApplicationReadyEvent> endWhenMigrated() {
			return (event) -> System.exit(SpringApplication.exit(event.getApplicationContext()));
		}

	}

}
