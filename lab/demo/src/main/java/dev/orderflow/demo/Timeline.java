package dev.orderflow.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened to an order, as order-service tells it.
 *
 * @param order the order
 * @param rows what happened, in order
 */
record Timeline(UUID order, List<Row> rows) {

	/** How many orders are asked for, to find one with much to tell. */
	private static final int ASKED_MAX = 50;

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	Timeline {
		rows = List.copyOf(rows);
	}

	/** The longest of some timelines; empty if there is no order. */
	static Timeline longest(URI orderService, Collection<UUID> orders) throws InterruptedException {
		Timeline longest = new Timeline(new UUID(0, 0), List.of());
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			for (UUID order : orders.stream().limit(ASKED_MAX).toList()) {
				Timeline timeline = read(http, orderService, order);
				if (timeline.rows.size() > longest.rows.size()) {
					longest = timeline;
				}
			}
			return longest;
		}
	}

	private static Timeline read(HttpClient http, URI orderService, UUID order) throws InterruptedException {
		URI uri = orderService.resolve("/orders/%s/timeline".formatted(order));
		try {
			HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(),
					BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException(
						"Status %d from %s: expected 200".formatted(response.statusCode(), uri));
			}
			return of(order, response.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not read " + uri, ex);
		}
	}

	/** Reads the answer. */
	static Timeline of(UUID order, String json) {
		List<Row> rows = new ArrayList<>();
		for (JsonNode row : JSON.readTree(json)) {
			rows.add(new Row(row.path("at").asString(""), row.path("event").asString(""),
					row.path("source").asString(""), row.path("detail").asString("")));
		}
		return new Timeline(order, rows);
	}

	/** A table for people. */
	String table() {
		int event = width(this.rows.stream().map(Row::event).toList());
		int source = width(this.rows.stream().map(Row::source).toList());
		List<String> lines = new ArrayList<>(List.of("Order " + this.order));
		this.rows.forEach((row) -> lines.add("  %s  %s  %s  %s"
			.formatted(padded(row.at(), 27), padded(row.event(), event), padded(row.source(), source), row.detail())
			.stripTrailing()));
		return String.join(System.lineSeparator(), lines);
	}

	private static int width(List<String> texts) {
		return texts.stream().mapToInt(String::length).max().orElse(0);
	}

	private static String padded(String text, int width) {
		return text + " ".repeat(Math.max(0, width - text.length()));
	}

	/** One thing that happened. */
	record Row(String at, String event, String source, String detail) {
	}

}
