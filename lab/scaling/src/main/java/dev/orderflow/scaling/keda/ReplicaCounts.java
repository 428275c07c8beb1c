package dev.orderflow.scaling.keda;

/**
 * Replicas of the scaled workload.
 *
 * @param wanted the desired number of replicas
 * @param created how many pods there are, ready or not
 * @param ready how many of them are ready
 */
public record ReplicaCounts(int wanted, int created, int ready) {

}
