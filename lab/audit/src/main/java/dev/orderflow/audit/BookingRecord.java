package dev.orderflow.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulated carrier was called about since it started, by the key of the calls.
 *
 * @param startedAt when the record began: it knows nothing of earlier calls
 */
record BookingRecord(Instant startedAt, Map<UUID, Entry> entries) {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Reads all pages. */
	static BookingRecord read(URI carrier) {
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			Map<UUID, Entry> entries = new HashMap<>();
			JsonNode page = page(http, carrier.resolve("/bookings"));
			Instant startedAt = Instant.parse(page.get("startedAt").asString());
			while (!page.get("bookings").isEmpty()) {
				String last = "";
				for (JsonNode booking : page.get("bookings")) {
					last = booking.get("shipmentId").asString();
					entries.put(UUID.fromString(last), Entry.of(booking));
				}
				page = page(http, carrier.resolve("/bookings?after=" + last));
			}
			return new BookingRecord(startedAt, entries);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not read the bookings of the carrier on " + carrier, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading the bookings of " + carrier, ex);
		}
	}

	private static JsonNode page(HttpClient http, URI uri) throws IOException, InterruptedException {
		HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(),
				BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("Status %d from %s: expected 200".formatted(response.statusCode(), uri));
		}
		return JSON.readTree(response.body());
	}

	/**
	 * One key.
	 *
	 * @param trackingNumber null if it was never booked
	 */
	record Entry(boolean booked, @Nullable String trackingNumber) {

		static Entry of(JsonNode booking) {
			JsonNode trackingNumber = booking.get("trackingNumber");
			return new Entry(booking.get("status").asString().equals("BOOKED"),
					trackingNumber.isNull() ? null : trackingNumber.asString());
		}

	}

}
