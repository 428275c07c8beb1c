package dev.orderflow.scaling.simulation;

/**
 * State after one second.
 *
 * @param second since the beginning
 * @param perSecond incoming records, or requests, per second
 * @param lag what is not processed yet
 * @param metric the last metric that the autoscaler got, of the trigger that asked for
 * most replicas
 * @param desired replicas that this metric asks for; -1 if nothing was computed
 * @param replicas replicas wanted
 * @param ready replicas that are ready
 * @param oldestAgeSeconds wait of the oldest unprocessed item
 * @param late events that in this second have waited longer than the objective, and had
 * not a second ago
 * @param rebalances number of rebalances so far
 */
public record Tick(int second, double perSecond, long lag, double metric, int desired, int replicas, int ready,
		int oldestAgeSeconds, long late, int rebalances) {

	/** Objective for the age of an event until its effect. */
	public static final int OBJECTIVE_SECONDS = 5;

}
