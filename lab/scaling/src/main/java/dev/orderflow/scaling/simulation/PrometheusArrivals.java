package dev.orderflow.scaling.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a {@link Recording} from Prometheus: a rate per second, every 15 s, over at most
 * a day. A time without a value is an error, not a rate of zero. Errors are
 * {@link IllegalArgumentException}s with what was expected and what was found.
 */
public final class PrometheusArrivals {

	/* At most 5760 points in a day; Prometheus refuses more than 11,000. */
	private static final int STEP_SECONDS = 15;

	private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

	private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

	/* A point has less than 40 bytes. */
	private static final int BODY_BYTES_MAX = 1 << 20;

	private final URI server;

	private final String query;

	private final Instant from;

	private final int seconds;

	private PrometheusArrivals(URI server, String query, Instant from, int seconds) {
		this.server = server;
		this.query = query;
		this.from = from;
		this.seconds = seconds;
	}

	/**
	 * Reads the rates from a time on until before another.
	 * @param server for example {@code http://localhost:9090}
	 * @param query gives one series, a rate per second
	 */
	public static Recording read(URI server, String query, Instant from, Instant to) {
		Instant start = from.truncatedTo(ChronoUnit.SECONDS);
		long seconds = Duration.between(start, to).toSeconds();
		if (seconds < 1 || seconds > Recording.SECONDS_MAX) {
			throw new IllegalArgumentException(
					"Expected --to after --from, by at most a day, found %s and %s".formatted(to, from));
		}
		return new PrometheusArrivals(server, query, start, (int) seconds).read();
	}

	private Recording read() {
		JsonNode answer = answer();
		JsonNode series = answer.path("data").path("result");
		require(answer.path("data").path("resultType").asString("").equals("matrix"), "a matrix",
				answer.path("data").path("resultType").asString("something else"));
		require(series.size() == 1, "one series, for example of sum(...)", series.size() + " of " + this.query);
		TreeMap<Integer, Double> rates = new TreeMap<>();
		for (JsonNode point : series.path(0).path("values")) {
			Instant at = Instant.ofEpochMilli(Math.round(point.path(0).asDouble() * 1000));
			String text = point.path(1).asString("");
			rates.put((int) Duration.between(this.from, at).toSeconds(), rate(at, text));
		}
		for (int second = 0; second < this.seconds; second += STEP_SECONDS) {
			require(rates.containsKey(second),
					"a value every %d s, or a query with 'or vector(0)'".formatted(STEP_SECONDS),
					"none at " + this.from.plusSeconds(second));
		}
		return Recording.of(this.seconds, STEP_SECONDS, rates);
	}

	private double rate(Instant at, String text) {
		try {
			double rate = Double.parseDouble(text);
			require(Double.isFinite(rate) && rate >= 0, "a rate of 0 or more", text + " at " + at);
			return rate;
		}
		catch (NumberFormatException ex) {
			throw wrong("a rate per second", text + " at " + at);
		}
	}

	private JsonNode answer() {
		HttpResponse<String> response = send();
		try {
			JsonNode answer = JsonMapper.shared().readTree(response.body());
			require(response.statusCode() == 200, "a result",
					"status %d: %s".formatted(response.statusCode(), answer.path("error").asString("no reason")));
			return answer;
		}
		catch (JacksonException ex) {
			throw wrong("JSON", "status %d and other text".formatted(response.statusCode()));
		}
	}

	private HttpResponse<String> send() {
		try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build()) {
			HttpRequest request = HttpRequest.newBuilder(uri()).timeout(ANSWER_MAX).build();
			return client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), BODY_BYTES_MAX));
		}
		catch (IOException ex) {
			throw wrong("an answer of less than %d bytes within %s".formatted(BODY_BYTES_MAX, ANSWER_MAX),
					String.valueOf(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw wrong("an answer", "an interrupt");
		}
	}

	private URI uri() {
		String parameters = "query=%s&start=%s&end=%s&step=%d".formatted(
				URLEncoder.encode(this.query, StandardCharsets.UTF_8), this.from,
				this.from.plusSeconds(this.seconds - 1), STEP_SECONDS);
		try {
			return URI.create(this.server.toString().replaceAll("/+$", "") + "/api/v1/query_range?" + parameters);
		}
		catch (IllegalArgumentException ex) {
			throw wrong("an address such as http://localhost:9090", this.server.toString());
		}
	}

	private void require(boolean holds, String expected, String found) {
		if (!holds) {
			throw wrong(expected, found);
		}
	}

	private IllegalArgumentException wrong(String expected, String found) {
		return new IllegalArgumentException("%s: expected %s, found %s".formatted(this.server, expected, found));
	}

}
