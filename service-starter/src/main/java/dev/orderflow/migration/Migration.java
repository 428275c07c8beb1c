package dev.orderflow.migration;

import dev.orderflow.settings.Choice;

import org.springframework.core.env.Environment;

/**
 * Who changes the schema of a service's database, by the setting {@value #PROPERTY}. In
 * the demo and in compose each service does when it starts; in the cluster one job does
 * for all replicas of a release, and they need no right to change tables.
 */
public enum Migration {

	/** This process, when it starts. Replicas that start together do it once. */
	RUN,

	/**
	 * Another process: this one waits until it is done, and logs what it waits for. It
	 * needs the rights of the service's own role alone, to which reading the two history
	 * tables belongs. It waits as long as {@link #RUN} would for the database,
	 * {@code spring.flyway.connect-retries} times {@code connect-retries-interval}; then
	 * its start fails. Migrations of a later release are no hindrance.
	 */
	AWAIT,

	/**
	 * This process, which does nothing else and then ends: with status 0 when the schema
	 * is migrated, otherwise with 1. It starts no web server, no consumer and no relay.
	 */
	ONLY;

	/** The setting: {@code run}, which is the default, {@code await} or {@code only}. */
	public static final String PROPERTY = "orderflow.migration";

	static Migration of(Environment environment) {
		return Choice.of(environment, PROPERTY, RUN);
	}

}
