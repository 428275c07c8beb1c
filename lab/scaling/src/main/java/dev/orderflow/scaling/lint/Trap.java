package dev.orderflow.scaling.lint;

/** What is valid for Kubernetes and KEDA, and wrong all the same. */
public enum Trap {

	/** More replicas than partitions: the rest reads nothing and only rebalances. */
	MAX_ABOVE_PARTITIONS,

	/**
	 * The metric is capped at as many replicas as there are partitions, which one replica
	 * fewer is within the tolerance of: however long the lag, the last one never comes.
	 */
	STALL_BELOW_PARTITIONS,

	/**
	 * What one replica has left to do when the others are no longer asked for takes
	 * longer.
	 */
	COOLDOWN_SHORTER_THAN_DRAIN,

	/** With an error and a fallback of 0 KEDA goes on to zero replicas. */
	FALLBACK_ZERO,

	/** KEDA counts a group without a commit otherwise than the consumer begins. */
	OFFSET_POLICY,

	/** Nobody creates the topic, or none is named. */
	TOPIC_MISSING,

	/** A batch that is being worked on is lag, and looks like too much of it. */
	THRESHOLD_BELOW_BATCH,

	/** All replicas together ask PostgreSQL for more connections than it has. */
	CONNECTION_BUDGET,

	/** The file cannot be used, or a field of it would be dropped without a word. */
	UNUSABLE

}
