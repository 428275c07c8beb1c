package dev.orderflow.orders.idempotency;

import java.util.UUID;

/** The state of a key when a request arrives with it. */
public sealed interface Claim {

	/** The key is unused or expired; this transaction holds it until its end. */
	record Free() implements Claim {

	}

	/** Another transaction holds the key. */
	record InFlight() implements Claim {

	}

	/** The key was used with a different request. */
	record OfAnotherRequest() implements Claim {

	}

	/**
	 * The key was used with the same request.
	 *
	 * @param orderId the order that was placed
	 * @param answer body of the first answer
	 */
	record Answered(UUID orderId, byte[] answer) implements Claim {

	}

}
