package dev.orderflow.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An HTTP client of the service, which also counts the rows it has stored. */
@Lazy
class Api {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Environment environment;

	private final JdbcClient jdbc;

	Api(Environment environment, JdbcClient jdbc) {
		this.environment = environment;
		this.jdbc = jdbc;
	}

	Answer post(String body, String... idempotencyKeys) {
		HttpRequest.Builder request = request("local.server.port", "/orders").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body));
		for (String key : idempotencyKeys) {
			request.header("Idempotency-Key", key);
		}
		return send(request.build());
	}

	/** Places the order of {@link Fixtures#aValidBody}. */
	UUID place() {
		return UUID.fromString(post(Fixtures.aValidBody()).body().get("orderId").asString());
	}

	String statusOf(UUID order) {
		return get("/orders/" + order).body().get("status").asString();
	}

	/** The short names of the events in its timeline. */
	List<String> eventsOf(UUID order) {
		return get("/orders/" + order + "/timeline").body()
			.valueStream()
			.map((entry) -> entry.get("event").asString())
			.toList();
	}

	Answer cancel(UUID order) {
		return send("POST", "/orders/" + order + "/cancellation", BodyPublishers.noBody(), Map.of());
	}

	Answer get(String path, String accept) {
		return send("GET", path, BodyPublishers.noBody(), Map.of("Accept", accept));
	}

	Answer get(String path) {
		return send("GET", path, BodyPublishers.noBody(), Map.of());
	}

	Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
		return send("local.server.port", method, path, body, headers);
	}

	Answer getFromManagement(String path, String accept) {
		return send("local.management.port", "GET", path, BodyPublishers.noBody(), Map.of("Accept", accept));
	}

	Answer getFromManagement(String path) {
		return send("local.management.port", "GET", path, BodyPublishers.noBody(), Map.of());
	}

	private Answer send(String port, String method, String path, BodyPublisher body, Map<String, String> headers) {
		HttpRequest.Builder request = request(port, path).method(method, body);
		headers.forEach(request::header);
		return send(request.build());
	}

	private HttpRequest.Builder request(String port, String path) {
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.environment.getRequiredProperty(port) + path))
			.timeout(ANSWER_MAX);
	}

	private Answer send(HttpRequest request) {
		try {
			return new Answer(this.http.send(request, BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new AssertionError("No answer to " + request, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	/**
	 * Orders, events and idempotency keys stored, and events ever appended: the relay
	 * deletes what it has published.
	 */
	Stored stored() {
		return this.jdbc.sql("""
				select
				  (select count(*) from customer_order) as orders,
				  (select count(*) from order_event) as kept,
				  (select count(*) from idempotency_key) as keys,
				  coalesce(pg_sequence_last_value('outbox_event_id_seq'), 0) as appended
				""").query(Stored.class).single();
	}

	record Stored(long orders, long kept, long keys, long appended) {

	}

	record Answer(HttpResponse<String> response) {

		/** As JSON. */
		JsonNode body() {
			return JsonMapper.shared().readTree(this.response.body());
		}

		int status() {
			return this.response.statusCode();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

	}

}
