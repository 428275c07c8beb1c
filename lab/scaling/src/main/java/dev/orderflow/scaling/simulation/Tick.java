package dev.orderflow.scaling.simulation;

/**
 * One second.
 *
 * @param second since the beginning
 * @param perSecond what comes in
 * @param lag what is not done yet
 * @param metric what the autoscaler was told last, of the trigger that asked for most
 * @param desired how many replicas that asks for; -1 where nothing was computed
 * @param replicas how many there are to be
 * @param ready how many do something
 * @param oldestAgeSeconds how long the oldest of what is not done has been waiting
 * @param rebalances how often partitions were shared anew until now
 */
public record Tick(int second, double perSecond, long lag, double metric, int desired, int replicas, int ready,
		int oldestAgeSeconds, int rebalances) {

}
