package dev.orderflow.orders.problem;

import java.util.List;
import java.util.UUID;

import dev.orderflow.problem.Problems;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Problems that only order-service reports. */
public final class OrderProblems {

	private OrderProblems() {
	}

	/** No order has this id. */
	public static ResponseEntity<Object> orderNotFound(UUID orderId) {
		return Problems.answer(HttpStatus.NOT_FOUND, "order-not-found",
				"Expected the id of an order, found no order " + orderId);
	}

	/** The order has no event of this id, whether or not it exists itself. */
	public static ResponseEntity<Object> eventNotFound(UUID orderId, UUID eventId) {
		return Problems.answer(HttpStatus.NOT_FOUND, "event-not-found",
				"Expected the id of an event of order %s, found no event %s".formatted(orderId, eventId));
	}

	/** The key was used for a different order request. */
	public static ResponseEntity<Object> keyOfAnotherRequest() {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				"Expected the request that this Idempotency-Key was first used with, found another one");
	}

	/** The first request with this key has not been answered yet. */
	public static ResponseEntity<Object> keyInFlight() {
		return Problems.answer(HttpStatus.CONFLICT, "idempotency-key-in-flight",
				"Expected no other request with this Idempotency-Key in flight, found one; try again later");
	}

	/** The catalogue has none of these. */
	public static ResponseEntity<Object> unknownSkus(List<String> skus) {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-sku",
				"Expected skus of the catalogue, found " + String.join(", ", skus));
	}

}
