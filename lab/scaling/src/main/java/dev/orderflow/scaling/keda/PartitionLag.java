package dev.orderflow.scaling.keda;

/**
 * Lag of one partition, in records.
 *
 * @param lag what counts for the number of replicas
 * @param lagWithPersistent what counts for whether there is something to do
 */
public record PartitionLag(long lag, long lagWithPersistent) {

	static PartitionLag of(long lag) {
		return new PartitionLag(lag, lag);
	}

}
