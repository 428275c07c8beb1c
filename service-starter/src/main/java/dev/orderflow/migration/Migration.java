package dev.orderflow.migration;

import dev.orderflow.settings.Choice;

import org.springframework.core.env.Environment;

/**
 * Who changes the schema of a service's database, by the setting {@value #PROPERTY}. In
 * the demo and in compose each service migrates at startup; in the cluster one job
 * migrates for all replicas of a release, which need no right to change tables.
 */
public enum Migration {

	/** This process, when it starts. Replicas that start together migrate once. */
	RUN,

	/**
	 * Another process: this one waits until the migrations are applied, and logs what it
	 * waits for. It needs only the rights of the service's own role, which include
	 * reading the two history tables. It waits as long as {@link #RUN} would wait for the
	 * database, {@code spring.flyway.connect-retries} times
	 * {@code connect-retries-interval}; then startup fails. Migrations of a later release
	 * do not block it.
	 */
	AWAIT,

	/**
	 * This process, which does nothing else and then exits: with status 0 if the schema
	 * is migrated, otherwise with 1. It starts no web server, no consumer and no relay.
	 */
	ONLY;

	/** The setting: {@code run}, which is the default, {@code await} or {@code only}. */
	public static final String PROPERTY = "orderflow.migration";

	static Migration of(Environment environment) {
		return Choice.of(environment, PROPERTY, RUN);
	}

}
