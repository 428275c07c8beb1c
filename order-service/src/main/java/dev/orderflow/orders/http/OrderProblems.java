package dev.orderflow.orders.http;

import java.util.List;

import dev.orderflow.problem.Problems;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Problems that only order-service reports. */
final class OrderProblems {

	private OrderProblems() {
	}

	/** The key was used for a different order request. */
	static ResponseEntity<Object> keyOfAnotherRequest() {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				"Expected the request that this Idempotency-Key was first used with, found another one");
	}

	/** The first request with this key has not been answered yet. */
	static ResponseEntity<Object> keyInFlight() {
		return Problems.answer(HttpStatus.CONFLICT, "idempotency-key-in-flight",
				"Expected no other request with this Idempotency-Key in flight, found one; try again later");
	}

	/** The catalogue has none of these. */
	static ResponseEntity<Object> unknownSkus(List<String> skus) {
		return Problems.answer(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-sku",
				"Expected skus of the catalogue, found " + String.join(", ", skus));
	}

}
