package dev.orderflow.scaling.keda;

/**
 * Replicas of what is scaled.
 *
 * @param wanted how many it is to have
 * @param created how many pods there are, ready or not
 * @param ready how many of them are ready
 */
public record ReplicaCounts(int wanted, int created, int ready) {

}
