package dev.orderflow.scaling.lint;

/** Configurations that Kubernetes and KEDA accept, but that are wrong. */
public enum Trap {

	/**
	 * More replicas than partitions: the surplus replicas read nothing and cause
	 * rebalances.
	 */
	MAX_ABOVE_PARTITIONS,

	/**
	 * The metric is capped at one replica per partition. At one replica fewer, the ratio
	 * is within the tolerance: however large the lag, the last replica is never started.
	 */
	STALL_BELOW_PARTITIONS,

	/**
	 * The cooldown is shorter than the time in which one replica drains the remaining
	 * lag.
	 */
	COOLDOWN_SHORTER_THAN_DRAIN,

	/** On an error, a fallback of 0 lets KEDA scale to zero replicas. */
	FALLBACK_ZERO,

	/** KEDA's offset policy for a group without a commit differs from the consumer's. */
	OFFSET_POLICY,

	/** The topic is missing from the trigger, or nobody creates it. */
	TOPIC_MISSING,

	/**
	 * A batch in work counts as lag, so a threshold below two batches scales out too
	 * early.
	 */
	THRESHOLD_BELOW_BATCH,

	/** All replicas together ask PostgreSQL for more connections than it has. */
	CONNECTION_BUDGET,

	/** The file is invalid, or one of its fields would be silently dropped. */
	UNUSABLE

}
