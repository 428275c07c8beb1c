package dev.orderflow.carrier;

import java.io.IOException;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer over HTTP.
 *
 * @param body what becomes JSON; null for none
 * @param headers in addition to the type of the body
 */
record Answer(int status, @Nullable Object body, Map<String, String> headers) {

	private static final Map<Integer, String> TITLES = Map.of(400, "Bad Request", 404, "Not Found", 405,
			"Method Not Allowed", 409, "Conflict", 413, "Content Too Large", 429, "Too Many Requests", 503,
			"Service Unavailable");

	Answer(int status, @Nullable Object body) {
		this(status, body, Map.of());
	}

	static Answer ok(Object body) {
		return new Answer(200, body);
	}

	/** A problem (RFC 9457) that says what was expected and found. */
	static Answer problem(int status, String detail) {
		return new Answer(status, new Problem("about:blank", TITLES.getOrDefault(status, "Problem"), status, detail));
	}

	Answer with(String header, String value) {
		return new Answer(this.status, this.body, Map.of(header, value));
	}

	void send(HttpExchange exchange, JsonMapper json) throws IOException {
		this.headers.forEach(exchange.getResponseHeaders()::set);
		if (this.body == null || exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(this.status, -1);
			return;
		}
		byte[] bytes = json.writeValueAsBytes(this.body);
		exchange.getResponseHeaders()
			.set("Content-Type", (this.body instanceof Problem) ? "application/problem+json" : "application/json");
		exchange.sendResponseHeaders(this.status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private record Problem(String type, String title, int status, String detail) {
	}

}
