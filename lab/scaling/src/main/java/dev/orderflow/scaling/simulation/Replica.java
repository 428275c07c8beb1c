package dev.orderflow.scaling.simulation;

/**
 * Capacity of one replica.
 *
 * @param startSeconds from the pod's creation to a ready member of the group, in seconds
 * @param perSecond records, or requests, that it processes per second
 */
public record Replica(int startSeconds, int perSecond) {

	public Replica {
		if (startSeconds < 0 || perSecond < 1) {
			throw new IllegalArgumentException(
					"Expected a start of 0 s or more and a rate of 1/s or more, found %d and %d".formatted(startSeconds,
							perSecond));
		}
	}

}
