package dev.orderflow.orders.idempotency;

import java.util.UUID;

/** What a key is when a request comes with it. */
public sealed interface Claim {

	/** Nobody used it within its time; it is this transaction's until its end. */
	record Free() implements Claim {

	}

	/** Another transaction holds it. */
	record InFlight() implements Claim {

	}

	/** It was used with another request. */
	record OfAnotherRequest() implements Claim {

	}

	/**
	 * It was used with the same request.
	 *
	 * @param orderId the order that was placed
	 * @param answer body of the answer to it
	 */
	record Answered(UUID orderId, byte[] answer) implements Claim {

	}

}
