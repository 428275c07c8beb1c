package dev.orderflow.inbox;

/**
 * A batch took as long as it may, or the service stops. What is applied is committed; the
 * batch is to be delivered again at once, and its markers make that short.
 */
final class BatchUnfinishedException extends RuntimeException {

	BatchUnfinishedException(String message) {
		super(message);
	}

}
