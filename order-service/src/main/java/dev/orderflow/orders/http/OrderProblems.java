package dev.orderflow.orders.http;

import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.Order;
import dev.orderflow.problem.Problems;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** Problems that only order-service reports. */
final class OrderProblems {

	private OrderProblems() {
	}

	/** No order has this id. */
	static ErrorResponseException orderNotFound(UUID orderId) {
		return Problems.notFound("order",
				"No order %s: expected an orderId that POST /orders returned".formatted(orderId));
	}

	/** The order has no event of this id, whether or not it exists itself. */
	static ErrorResponseException eventNotFound(UUID orderId, UUID eventId) {
		return Problems.notFound("event",
				"No event %s of order %s: expected an eventId of its timeline".formatted(eventId, orderId));
	}

	/** The order's status is final, so it cannot be cancelled. */
	static ResponseEntity<Object> orderFinal(UUID orderId, Order.Status status) {
		return Problems.answer(HttpStatus.CONFLICT, "order-final",
				"Order %s is %s, which is final: expected PLACED, CONFIRMED or CANCELLING".formatted(orderId, status));
	}

	/** The key was used for a different order request. */
	static ResponseEntity<Object> keyOfAnotherRequest() {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				"This Idempotency-Key was used with a different request: repeat that request unchanged, or use a new key");
	}

	/** The first request with this key has not been answered yet. */
	static ResponseEntity<Object> keyInFlight() {
		return Problems.answer(HttpStatus.CONFLICT, "idempotency-key-in-flight",
				"The first request with this Idempotency-Key is still in progress; try again later");
	}

	/** These skus are not in the catalogue. */
	static ResponseEntity<Object> unknownSkus(List<String> skus) {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-sku",
				"Not in the catalogue: %s; GET /products lists the catalogue".formatted(String.join(", ", skus)));
	}

}
