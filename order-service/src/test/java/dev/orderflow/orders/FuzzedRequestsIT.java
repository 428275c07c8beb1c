package dev.orderflow.orders;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: every request gets a documented response, and only orders answered with 201 are
 * stored. Method: valid requests with random methods, paths, headers and bodies; each
 * failure names the seed, and {@code -Dorderflow.test.seed} repeats it.
 */
@OrderServiceTest
class FuzzedRequestsIT {

	private static final int REQUESTS = 2500;

	private static final Set<Integer> DOCUMENTED = Set.of(200, 201, 202, 400, 404, 405, 406, 409, 413, 415, 422);

	private static final List<String> METHODS = List.of("GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE");

	private static final List<String> PATHS = List.of("/orders", "/orders", "/orders", "/products", "/nowhere", "/",
			"/orders/" + new UUID(1, 1), "/orders/none", "/orders/%00", "/orders/" + new UUID(1, 1) + "/timeline",
			"/orders/" + new UUID(1, 1) + "/cancellation", "/orders/none/cancellation",
			"/orders/" + new UUID(1, 1) + "/events/none", "/orders?limit=0", "/orders?limit=x&status=y",
			"/orders?cursor=%ff", "/orders?customerId=", "/products?sku=1", "/orders/../products", "/v3/api-docs/none");

	private static final List<String> MEDIA_TYPES = List.of("application/json", "application/json", "application/json",
			"application/json;charset=utf-8", "application/json;charset=utf-16", "application/json;charset=none",
			"application/json;q=2", "application/*", "application/*+json", "*/*", "text/plain", "text/html", "", ",,,",
			";", "a/b;c", "application/problem+json", "application/cloudevents+json", "multipart/form-data; boundary=x",
			"application/x-www-form-urlencoded");

	private static final List<String> TOKENS = List.of("null", "-1", "1e400", "9223372036854775808", "\"\"", "{}", "[]",
			"\"\\u0000\"", "\"\\ud800\"", "true", "0.1", "\"SKU-NONE\"", "[[[[[[[[", "\ufeff", "NaN");

	@Autowired
	private Api api;

	@Test
	void isAnsweredAsDocumentedAndStoresOnlyWhatItConfirms() {
		long seed = Long.getLong("orderflow.test.seed", 20_261_128L);
		Random random = new Random(seed);
		long before = this.api.stored().orders();
		Set<String> placed = new HashSet<>();
		for (int i = 0; i < REQUESTS; i++) {
			String method = pick(random, METHODS);
			String path = pick(random, PATHS);
			Map<String, String> headers = headers(random);
			byte[] body = body(random);

			Api.Answer answer = this.api.send(method, path, BodyPublishers.ofByteArray(body), headers);

			String request = "seed %d, request %d: %s %s %s %s".formatted(seed, i, method, path, headers,
					new String(body, StandardCharsets.UTF_8));
			assertThat(answer.status()).as(request).isIn(DOCUMENTED);
			if (answer.status() >= 400) {
				assertThat(answer.header("Content-Type")).as(request).startsWith("application/problem+json");
			}
			if (answer.status() == 201) {
				placed.add(answer.header("Location"));
			}
		}

		assertThat(placed).as("of seed %d", seed).isNotEmpty();
		assertThat(this.api.stored().orders() - before).as("of seed %d", seed).isEqualTo(placed.size());
	}

	private static Map<String, String> headers(Random random) {
		Map<String, String> headers = new HashMap<>();
		if (random.nextInt(10) > 0) {
			headers.put("Content-Type", pick(random, MEDIA_TYPES));
		}
		if (random.nextInt(2) == 0) {
			headers.put("Accept", pick(random, MEDIA_TYPES));
		}
		if (random.nextInt(4) == 0) {
			headers.put("Idempotency-Key", random.nextBoolean() ? "key-" + random.nextInt(20) : " ~ ");
		}
		return headers;
	}

	/** A valid body as it is, with a value replaced, with bytes changed, or cut off. */
	private static byte[] body(Random random) {
		String valid = Fixtures.aValidBody();
		return switch (random.nextInt(5)) {
			case 0, 1 -> bytes(valid);
			case 2 -> {
				String[] parts = valid.split(":", -1);
				parts[1 + random.nextInt(parts.length - 1)] = pick(random, TOKENS);
				yield bytes(String.join(":", parts));
			}
			case 3 -> {
				byte[] bytes = bytes(valid);
				for (int i = 0; i <= random.nextInt(4); i++) {
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
				}
				yield bytes;
			}
			default -> bytes(valid.substring(0, random.nextInt(valid.length())));
		};
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static <T> T pick(Random random, List<T> among) {
		return among.get(random.nextInt(among.size()));
	}

}
