package dev.orderflow.inbox;

/**
 * A batch ran out of time, or the service is stopping. Applied slices are committed; the
 * batch is delivered again at once, and its markers make the redelivery short.
 */
final class BatchUnfinishedException extends RuntimeException {

	BatchUnfinishedException(String message) {
		super(message);
	}

}
