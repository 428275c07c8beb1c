package dev.orderflow.role;

import dev.orderflow.settings.Choice;

import org.springframework.core.env.Environment;

/**
 * What a process of a service does, by the setting {@value #PROPERTY}. In the demo and in
 * compose one process does all of it; in the cluster a service is two deployments of one
 * image, so that the consumers can be scaled to zero while the rest keeps running.
 *
 * <p>
 * The two parts communicate only through the database: a consumer stores the events it
 * wants published, and its dead letters; the relay of an {@link #API} process finds the
 * rows when it polls, within {@code orderflow.outbox.poll-interval}. Without such a
 * process the rows wait.
 */
public enum Role {

	/** Both parts. */
	ALL,

	/**
	 * Reads the service's topics as a member of its consumer group, and answers HTTP. It
	 * runs no relay (and needs no connection for its lock), no retention and no metric
	 * that queries the database. It is ready as soon as it is a member.
	 */
	CONSUMER,

	/**
	 * Answers HTTP, publishes the outbox, deletes expired rows and reads the table
	 * gauges. Reads no topic and is in no consumer group.
	 */
	API;

	/**
	 * The setting: {@code all}, which is the default, {@code consumer} or {@code api}.
	 */
	public static final String PROPERTY = "orderflow.role";

	/** The role of this process. */
	public static Role of(Environment environment) {
		return Choice.of(environment, PROPERTY, ALL);
	}

	/** Whether a process in this role does what that part does. */
	public boolean includes(Role part) {
		return this == ALL || this == part;
	}

}
