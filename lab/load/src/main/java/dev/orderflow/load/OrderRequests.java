package dev.orderflow.load;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Endless requests to place an order, for a Gatling feeder: {@value #BODY} is the JSON,
 * {@value #IDEMPOTENCY_KEY} is new each time, {@value #SKU} is one of the products.
 */
final class OrderRequests {

	static final String BODY = "body";

	static final String IDEMPOTENCY_KEY = "idempotencyKey";

	static final String SKU = "sku";

	private static final int QUANTITY_MAX = 4;

	private static final int CUSTOMERS = 10_000;

	private static final List<String> CITIES = List.of("Berlin", "Hamburg", "Leipzig", "Köln", "Bremen");

	private final JsonMapper json = JsonMapper.builder().build();

	private final Popularity popularity;

	private final int linesMax;

	private final Random random;

	/**
	 * Requests of one kind.
	 * @param linesMax most lines of an order, which has at least one
	 */
	OrderRequests(Popularity popularity, int linesMax, Random random) {
		this.popularity = popularity;
		this.linesMax = linesMax;
		this.random = random;
	}

	Iterator<Map<String, Object>> iterator() {
		return Stream.generate(this::next).iterator();
	}

	private Map<String, Object> next() {
		List<String> skus = this.popularity.choose(1 + this.random.nextInt(this.linesMax), this.random);
		List<Map<String, Object>> lines = skus.stream()
			.map((sku) -> Map.<String, Object>of("sku", sku, "quantity", 1 + this.random.nextInt(QUANTITY_MAX)))
			.toList();
		int customer = 1 + this.random.nextInt(CUSTOMERS);
		Map<String, String> shipTo = Map.of("name", "Customer " + customer, "street", "Lindenstraße " + customer,
				"city", CITIES.get(customer % CITIES.size()), "postalCode", "%05d".formatted(10_000 + customer),
				"country", "DE");
		Map<String, Object> order = Map.of("customerId", "customer-" + customer, "lines", lines, "shipTo", shipTo);
		return Map.of(BODY, this.json.writeValueAsString(order), IDEMPOTENCY_KEY, UUID.randomUUID().toString(), SKU,
				skus.getFirst());
	}

}
