package dev.orderflow.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

/**
 * Places one order at a time over HTTP, with an idempotency key of its own. If the
 * service is down or overloaded, or its answer is lost, the sender retries with the same
 * key until its patience ends: the order is stored once, and the sender learns its id.
 * Without patience it never retries, and an order whose answer was lost may be stored.
 */
final class OrderSender {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(500);

	/* Key in flight, or gateway, service or database unavailable: a retry may succeed. */
	private static final Set<Integer> LATER = Set.of(409, 502, 503, 504);

	/* Gateway, service or database unavailable. */
	private static final Set<Integer> OUT = Set.of(502, 503, 504);

	private final JsonMapper json = JsonMapper.builder().build();

	private final URI orders;

	private final Duration patience;

	OrderSender(URI orderService, Duration patience) {
		this.orders = orderService.resolve("/orders");
		this.patience = patience;
	}

	/** Places an order. */
	Outcome send(HttpClient http, String body) {
		HttpRequest request = HttpRequest.newBuilder(this.orders)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.timeout(ANSWER_MAX)
			.POST(BodyPublishers.ofString(body))
			.build();
		long deadline = System.nanoTime() + this.patience.toNanos();
		try {
			Outcome outcome = attempt(http, request);
			while (outcome instanceof Refused refused && refused.later() && System.nanoTime() < deadline) {
				Thread.sleep(PAUSE);
				outcome = attempt(http, request);
			}
			return outcome;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Refused("interrupted", false);
		}
	}

	/**
	 * Asks to cancel an order, again after a failure that may pass.
	 * @return the last status; empty if there was no answer within the patience
	 */
	OptionalInt cancel(HttpClient http, UUID order) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("%s/%s/cancellation".formatted(this.orders, order)))
			.timeout(ANSWER_MAX)
			.POST(BodyPublishers.noBody())
			.build();
		long deadline = System.nanoTime() + this.patience.toNanos();
		OptionalInt status = status(http, request);
		while ((status.isEmpty() || OUT.contains(status.getAsInt())) && System.nanoTime() < deadline) {
			Thread.sleep(PAUSE);
			status = status(http, request);
		}
		return status;
	}

	private static OptionalInt status(HttpClient http, HttpRequest request) throws InterruptedException {
		try {
			return OptionalInt.of(http.send(request, BodyHandlers.discarding()).statusCode());
		}
		catch (IOException ex) {
			return OptionalInt.empty();
		}
	}

	private Outcome attempt(HttpClient http, HttpRequest request) throws InterruptedException {
		try {
			HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
			if (response.statusCode() == 201) {
				return new Accepted(UUID.fromString(this.json.readTree(response.body()).get("orderId").asString()));
			}
			return new Refused("status " + response.statusCode(), LATER.contains(response.statusCode()));
		}
		catch (IOException ex) {
			return new Refused(ex.getClass().getSimpleName(), true);
		}
	}

	/** The outcome of an order. */
	sealed interface Outcome {

	}

	/** The answer was 201. */
	record Accepted(UUID order) implements Outcome {
	}

	/**
	 * The order was not accepted.
	 *
	 * @param reason what happened instead
	 * @param later whether a retry may succeed
	 */
	record Refused(String reason, boolean later) implements Outcome {
	}

}
