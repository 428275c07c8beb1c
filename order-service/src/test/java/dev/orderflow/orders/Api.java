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
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service from outside, over HTTP, and how many rows it has stored. */
@Lazy
class Api {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final JsonMapper json = JsonMapper.builder().build();

	private final Environment environment;

	private final JdbcClient jdbc;

	Api(Environment environment, JdbcClient jdbc) {
		this.environment = environment;
		this.jdbc = jdbc;
	}

	Answer post(String body) {
		return send("POST", "/orders", BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
	}

	Answer get(String path) {
		return send("GET", path, BodyPublishers.noBody(), Map.of());
	}

	Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
		return send("local.server.port", method, path, body, headers);
	}

	Answer getFromManagement(String path) {
		return send("local.management.port", "GET", path, BodyPublishers.noBody(), Map.of());
	}

	private Answer send(String port, String method, String path, BodyPublisher body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.environment.getRequiredProperty(port) + path))
			.timeout(ANSWER_MAX)
			.method(method, body);
		headers.forEach(request::header);
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response, response.body().isEmpty() ? null : this.json.readTree(response.body()));
		}
		catch (IOException ex) {
			throw new AssertionError("Expected an answer to %s %s".formatted(method, path), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	/**
	 * Orders stored, and events ever appended: the relay deletes what it has published.
	 */
	Stored stored() {
		return this.jdbc.sql("""
				select
				  (select count(*) from customer_order) as orders,
				  coalesce(pg_sequence_last_value('outbox_event_id_seq'), 0) as events
				""").query(Stored.class).single();
	}

	record Stored(long orders, long events) {

	}

	record Answer(HttpResponse<String> response, JsonNode body) {

		int status() {
			return this.response.statusCode();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

	}

}
