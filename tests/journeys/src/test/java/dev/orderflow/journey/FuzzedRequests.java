package dev.orderflow.journey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import dev.orderflow.topology.Topology;

/**
 * HTTP requests as no client should write them, byte by byte; the same seed gives the
 * same requests. They change no stock to less than a million units.
 */
final class FuzzedRequests {

	private static final String ORDER = """
			{"customerId": "customer-1", "lines": [{"sku": "SKU-MUG", "quantity": 2}, {"sku": "SKU-RUG", "quantity": 1}],
			"shipTo": {"name": "Ada", "street": "Lindenstraße 1", "city": "Berlin", "postalCode": "10115", "country": "DE"}}""";

	private static final List<String> BODIES = List.of(ORDER, "{\"onHand\": 1000000}",
			"{\"by\": \"fuzz\", \"filter\": {\"state\": \"OPEN\"}, \"limit\": 10}",
			"{\"by\": \"fuzz\", \"ids\": [1, 2], \"dryRun\": true}",
			"{\"by\": \"fuzz\", \"filter\": {}, \"confirm\": 1}", "{\"by\": \"fuzz\"}");

	private static final List<String> TOKENS = List.of("null", "-1", "1e400", "9223372036854775808", "\"\"", "{}", "[]",
			"\"\\u0000\"", "\"\\ud800\"", "true", "1.5", "\"SKU-NONE\"", "[[[[[[[[", "\ufeff", "NaN",
			"\"PT9999999999H\"", "\"+1000000001-01-01T00:00:00Z\"", "\"" + "z".repeat(3000) + "\"");

	/** What every service has, or has not. */
	private static final List<String> ANYWHERE = List.of("/", "/nowhere", "/error", "/v3/api-docs", "/v3/api-docs.yaml",
			"/v3/api-docs/swagger-config", "/v3/api-docs/{id}", "/swagger-ui.html", "/swagger-ui/index.html",
			"/swagger-ui/{id}", "/actuator", "/actuator/health", "/actuator/health/{id}", "/actuator/health/readiness",
			"/actuator/metrics", "/actuator/metrics/{id}", "/actuator/metrics/http.server.requests",
			"/actuator/prometheus", "/actuator/env", "/actuator/shutdown", "/actuator/deadletters",
			"/actuator/deadletters/count", "/actuator/deadletters/{id}", "/actuator/deadletters/park",
			"/actuator/deadletters/resume", "/actuator/deadletters/purge", "/actuator/deadletters/redrive",
			"/actuator/deadletters/outbox", "/actuator/deadletters/outbox/{id}/release");

	/** What the services answer, with the method that they allow. */
	private static final Map<String, List<String>> API = Map.of("order-service",
			List.of("POST /orders", "POST /orders", "POST /orders", "GET /orders", "GET /orders/{id}",
					"GET /orders/{id}/timeline", "POST /orders/{id}/cancellation", "GET /orders/{id}/events/{id}",
					"GET /products"),
			"inventory-service", List.of("GET /stock", "GET /stock/{id}", "PUT /stock/{id}"), "recommendation-service",
			List.of("GET /recommendations/{id}"), "analytics-service",
			List.of("GET /sales/summary", "GET /sales/by-hour", "GET /sales/top-products"), "shipping-service",
			List.of("GET /shipments/{id}"));

	private static final List<String> ALLOWED = List.of("GET /actuator/health/{id}", "GET /actuator/metrics/{id}",
			"GET /actuator/metrics/http.server.requests", "GET /actuator/prometheus", "GET /actuator/deadletters",
			"GET /actuator/deadletters/count", "GET /actuator/deadletters/{id}", "POST /actuator/deadletters/park",
			"POST /actuator/deadletters/resume", "POST /actuator/deadletters/purge",
			"POST /actuator/deadletters/redrive", "GET /actuator/deadletters/outbox",
			"POST /actuator/deadletters/outbox/{id}/release");

	private static final List<String> IDS = List.of("SKU-MUG", "00000000-0000-0001-0000-000000000001", "1", "-1", "0",
			"9223372036854775808", "none", "%00", "%0a", "%ff", "%2F", "%2e%2e", "..", "..;", ";a=b", ".",
			"%F0%9F%98%80", "%ed%a0%80", "%", "%zz", "%25", "é", "{}", "a|b", "<x>", "'--", "%5C", "\\", "//",
			"x".repeat(3000), "y".repeat(9000), "null", "readinessState", "jvm.memory.used");

	private static final List<String> PARAMETERS = List.of("limit", "cursor", "status", "customerId", "sku", "from",
			"to", "state", "topic", "type", "key", "handler", "reason", "olderThan", "newerThan", "tag",
			"includedNames%5B%5D", "group", "", "%00", "limit");

	private static final List<String> VALUES = List.of("", "0", "1", "10", "-1", "x", "1.5", "2147483648",
			"9223372036854775808", "PLACED", "OPEN", "open", "%00", "%ff", "%", "%zz", "%ed%a0%80", "%F0%9F%98%80",
			"2026-01-01T00:00:00Z", "2026-01-01", "-999999999-01-01T00:00:00Z", "%2B999999999-12-31T23:59:59Z",
			"%2B1000000000-01-01T00:00:00Z", "1e30", "PT1H", "PT-1H", "P9999999999D", "area:heap", "area", ":", "a:b:c",
			"'--", "x".repeat(3000), "%0d%0aX:y", "{", "[]", "AAAA", "eyJ9", "+", "a=b", "null");

	private static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "POST", "POST", "POST", "POST",
			"PUT", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "M".repeat(200));

	private static final List<String> HEADERS = List.of("Accept", "Accept", "Accept-Encoding", "Accept-Language",
			"Accept-Charset", "Authorization", "Idempotency-Key", "Idempotency-Key", "Expect", "Forwarded",
			"X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Range", "If-Match",
			"If-None-Match", "If-Modified-Since", "traceparent", "tracestate", "baggage", "Cookie", "Upgrade", "Origin",
			"Access-Control-Request-Method", "Access-Control-Request-Headers", "Content-Encoding", "Content-Language",
			"Connection", "X-HTTP-Method-Override", "TE", "Date", "From", "x".repeat(300));

	private static final List<String> HEADER_VALUES = List.of("", " ", "*", "*/*", "application/json", "text/html",
			"a/b;c", "application/json;q=2", "application/cloudevents+json", "application/*+json",
			"application/json;charset=utf-16", "text/plain;version=0.0.4", "application/openmetrics-text;version=9.9.9",
			"application/vnd.spring-boot.actuator.v3+json", ",,,", ";", "gzip;q=x", "zz-ZZ-x-1", "utf-7", "Bearer",
			"Bearer " + Topology.DEMO_OPERATOR_TOKEN, "Bearer \u00ff", "Basic OjpA", "100-continue", "200-ok",
			"host=\"[::", "for=;by", "a:b:c", "99999", "-1", "http", "javascript", "bytes=-", "bytes=0-,9-1", "\"",
			"W/", "yesterday", "00-0-0-0", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", "a=b,c", "=;=;",
			"$Version=9; x=\"", "h2c", "websocket", "null", "http://[", "DELETE", "close", "keep-alive, Upgrade", "br",
			"\u0080\u00ff", "\t", "v".repeat(3000), "%s%n${jndi:x}", "key-1", "GET");

	private static final List<String> CONTENT_TYPES = List.of("application/json;charset=utf-8",
			"application/json;charset=utf-16", "application/json;charset=none", "application/*", "*/*", "text/plain",
			"", ";", "a/b;c", "a".repeat(3000), "application/cloudevents+json", "multipart/form-data",
			"multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/xml",
			"application/octet-stream", "\u00e9/\u00e9");

	private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1 ", "http/1.1",
			"HTTP/", "", "HTTP/1.1\r\n x: folded", "SPDY/3");

	private static final List<String> LINES = List.of("no colon", ": no name", " folded: x", "a b: c", "nul: \0",
			"bare: \r x", "Host: a", "Host: b c", "Host: [::", "Content-Length: x", "Content-Length: -1",
			"Content-Length: 1", "Content-Length: 99999999999999999999", "Transfer-Encoding: gzip",
			"Transfer-Encoding: chunked, gzip", "Transfer-Encoding: x", "Transfer-Encoding: chunked", "\u00e9: x",
			"large: " + "l".repeat(20_000));

	/**
	 * Allowed nowhere in a target: Tomcat answers, and closes without reading on.
	 */
	private static final Pattern ILLEGAL = Pattern.compile("[^\\x21-\\x7e]|[{}|<>\\\\]");

	/**
	 * Tomcat reads no more of a larger head, and its answer may be lost with the
	 * connection.
	 */
	private static final int HEAD_BYTES_MAX = 8 * 1024;

	private final Random random;

	private final List<String> ids = new ArrayList<>(IDS);

	/**
	 * Requests of a seed.
	 * @param orders ids that exist
	 */
	FuzzedRequests(long seed, List<String> orders) {
		this.random = new Random(seed);
		this.ids.addAll(orders);
	}

	/** The next one for the API of a service. */
	FuzzedRequest toApi(String service) {
		return next(API.getOrDefault(service, List.of("GET /")));
	}

	/** The next one for the management port of a service. */
	FuzzedRequest toManagement() {
		return next(ALLOWED);
	}

	private FuzzedRequest next(List<String> allowed) {
		String[] methodAndPath = pick(allowed).split(" ");
		String path = (this.random.nextInt(5) == 0) ? pick(ANYWHERE) : methodAndPath[1];
		String method = (this.random.nextInt(5) == 0) ? pick(METHODS) : methodAndPath[0];
		return (this.random.nextInt(8) == 0) ? malformed(method, target(path)) : wellFormed(method, target(path));
	}

	/**
	 * A request that a server must answer, whatever it asks for, if its target is legal.
	 */
	private FuzzedRequest wellFormed(String method, String target) {
		byte[] body = method.equals("GET") && this.random.nextInt(4) > 0 ? new byte[0] : body(target);
		List<String> lines = headers();
		boolean isChunked = this.random.nextInt(4) == 0;
		lines.add(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
		String start = method + " " + target + " HTTP/1.1";
		return request(start, lines, isChunked ? chunked(body) : body, !ILLEGAL.matcher(target).find());
	}

	private FuzzedRequest malformed(String method, String target) {
		byte[] body = body(target);
		List<String> lines = headers();
		switch (this.random.nextInt(8)) {
			case 0 -> {
				return new FuzzedRequest(random(400), false);
			}
			case 1 -> {
				return request(method + " " + target + " " + pick(VERSIONS), lines, body, false);
			}
			case 2 -> lines.add(this.random.nextInt(lines.size() + 1), pick(LINES));
			case 3 -> lines.removeIf((line) -> line.startsWith("Host"));
			case 4 -> lines.addAll(Collections.nCopies(300, "many: x"));
			case 5 -> {
				lines.add("Transfer-Encoding: chunked");
				return request(method + " " + target + " HTTP/1.1", lines,
						pick(List.of("x\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\nx", "5\r\nabc",
								"3;x=\"\r\nabc\r\n0\r\n\r\n", "0\r\nno trailer\r\n\r\n"))
							.getBytes(StandardCharsets.ISO_8859_1),
						false);
			}
			case 6 -> {
				return request(pick(List.of("", " ", "GET", "G\0T /", "GET  /", "PRI * HTTP/2.0", "OPTIONS * HTTP/1.1",
						"CONNECT localhost:1 HTTP/1.1", "GET http://[/ HTTP/1.1", "GET http://other/orders HTTP/1.1",
						"GET orders HTTP/1.1", "GET /a b HTTP/1.1", "GET /orders#x HTTP/1.1", "\u0016\u0003\u0001",
						"GET /" + "p".repeat(20_000) + " HTTP/1.1")), lines, body, false);
			}
			default -> {
				lines.add("Content-Length: " + (body.length + 1 + this.random.nextInt(100)));
				return request(method + " " + target + " HTTP/1.1", lines, body, false);
			}
		}
		lines.add("Content-Length: " + body.length);
		return request(method + " " + target + " HTTP/1.1", lines, body, false);
	}

	private static FuzzedRequest request(String start, List<String> lines, byte[] body, boolean isWellFormed) {
		byte[] head = (start + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(head);
		bytes.writeBytes(body);
		return new FuzzedRequest(bytes.toByteArray(), isWellFormed && head.length <= HEAD_BYTES_MAX);
	}

	private String target(String path) {
		StringBuilder target = new StringBuilder();
		for (String part : path.split("(?<=\\{id})|(?=\\{id})")) {
			target.append(part.equals("{id}") ? legal(pick(this.ids)) : part);
		}
		int parameters = Math.max(0, this.random.nextInt(6) - 2);
		for (int i = 0; i < parameters; i++) {
			target.append((i == 0) ? '?' : '&').append(pick(PARAMETERS)).append('=').append(legal(pick(VALUES)));
		}
		return target.toString();
	}

	/** Mostly. */
	private String legal(String text) {
		return (this.random.nextInt(4) == 0) ? text : ILLEGAL.matcher(text).replaceAll("x");
	}

	private List<String> headers() {
		List<String> lines = new ArrayList<>(List.of("Host: localhost"));
		if (this.random.nextInt(16) > 0) {
			lines.add("Content-Type: " + ((this.random.nextInt(4) == 0) ? pick(CONTENT_TYPES) : "application/json"));
		}
		if (this.random.nextInt(3) > 0) {
			lines.add("Authorization: Bearer " + Topology.DEMO_OPERATOR_TOKEN);
		}
		for (int i = this.random.nextInt(5); i > 2; i--) {
			lines.add(pick(HEADERS) + ": " + pick(HEADER_VALUES));
		}
		return lines;
	}

	/** What the target takes, mostly, and mostly with something wrong. */
	private byte[] body(String target) {
		String taken = target.startsWith("/orders") ? ORDER
				: target.startsWith("/stock") ? "{\"onHand\": 1000000}" : pick(BODIES);
		byte[] valid = ((this.random.nextInt(6) == 0) ? pick(BODIES) : taken).getBytes(StandardCharsets.UTF_8);
		return switch (this.random.nextInt(12)) {
			case 0, 1, 2 -> valid;
			case 3, 4, 5 -> {
				String[] parts = new String(valid, StandardCharsets.UTF_8).split("(?<=:)");
				int part = 1 + this.random.nextInt(parts.length - 1);
				int end = Math.max(parts[part].lastIndexOf(','), parts[part].lastIndexOf('}'));
				parts[part] = pick(TOKENS) + parts[part].substring(Math.max(0, end));
				yield String.join("", parts).getBytes(StandardCharsets.UTF_8);
			}
			case 6 -> {
				for (int i = 0; i <= this.random.nextInt(4); i++) {
					valid[this.random.nextInt(valid.length)] = (byte) this.random.nextInt(256);
				}
				yield valid;
			}
			case 7 -> Arrays.copyOf(valid, this.random.nextInt(valid.length));
			case 8 -> pick(List.of("[", "{\"a\":", "[{\"lines\":")).repeat(1 + this.random.nextInt(5000))
				.getBytes(StandardCharsets.UTF_8);
			case 9 -> new String(valid, StandardCharsets.UTF_8).getBytes(
					pick(List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)));
			case 10 -> ("{\"customerId\": \"" + "c".repeat(this.random.nextInt(300_000)) + "\"}")
				.getBytes(StandardCharsets.UTF_8);
			default -> random(2000);
		};
	}

	private byte[] chunked(byte[] body) {
		ByteArrayOutputStream chunks = new ByteArrayOutputStream();
		for (int start = 0; start < body.length;) {
			int length = Math.min(body.length - start, 1 + this.random.nextInt(8000));
			chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
			chunks.write(body, start, length);
			chunks.writeBytes(new byte[] { '\r', '\n' });
			start += length;
		}
		chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
		return chunks.toByteArray();
	}

	private byte[] random(int lengthMax) {
		byte[] bytes = new byte[1 + this.random.nextInt(lengthMax)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private <T> T pick(List<T> among) {
		return among.get(this.random.nextInt(among.size()));
	}

	/**
	 * One request.
	 *
	 * @param bytes everything that is sent
	 * @param isWellFormed whether a server must answer; one that cannot read a request
	 * may close the connection
	 */
	record FuzzedRequest(byte[] bytes, boolean isWellFormed) {

		/** Its start, on one line. */
		@Override
		public String toString() {
			String text = new String(this.bytes, 0, Math.min(this.bytes.length, 1500), StandardCharsets.ISO_8859_1);
			return text.replace("\r\n", " | ").replaceAll("\\p{Cntrl}", "?")
					+ " (%d bytes)".formatted(this.bytes.length);
		}

	}

}
