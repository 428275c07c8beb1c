package dev.orderflow.scaling.keda;

/**
 * Lag of one partition, in records.
 *
 * @param lag lag that determines the number of replicas
 * @param lagWithPersistent lag that determines activation; includes persistent lag
 */
public record PartitionLag(long lag, long lagWithPersistent) {

	static PartitionLag of(long lag) {
		return new PartitionLag(lag, lag);
	}

}
