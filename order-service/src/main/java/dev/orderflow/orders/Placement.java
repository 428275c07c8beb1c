package dev.orderflow.orders;

import java.util.List;
import java.util.UUID;

/** The answer to a valid request to place an order. */
public sealed interface Placement {

	/**
	 * Order and event are stored once the transaction has committed.
	 *
	 * @param eventId id of the published event
	 */
	record Placed(Order order, String eventId) implements Placement {

	}

	/**
	 * The order was placed by an earlier request with the same key.
	 *
	 * @param answer body of the first answer
	 */
	record PlacedBefore(UUID orderId, byte[] answer) implements Placement {

	}

	/** Nothing is stored: the catalogue has none of these. */
	record UnknownSkus(List<String> skus) implements Placement {

	}

	/** Nothing is stored: the first request with the key is not answered yet. */
	record KeyInFlight() implements Placement {

	}

	/** Nothing is stored: the key was used with a different request. */
	record KeyOfAnotherRequest() implements Placement {

	}

}
