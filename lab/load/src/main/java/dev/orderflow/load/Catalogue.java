package dev.orderflow.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks before the load starts that the services are available. */
final class Catalogue {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private Catalogue() {
	}

	/**
	 * The skus that can be ordered, in a stable order.
	 * @throws NotThereException if there is no catalogue, or an empty one
	 */
	static List<String> skus(URI orderService) {
		URI products = URI.create(orderService + "/products");
		String what = "The catalogue of order-service at %s".formatted(products);
		String advice = "Start the system, for example with ./demo, or set --url";
		try {
			List<String> skus = JsonMapper.shared()
				.readTree(get(products, what, advice))
				.valueStream()
				.map((product) -> product.path("sku"))
				.filter(JsonNode::isString)
				.map(JsonNode::asString)
				.sorted()
				.toList();
			if (skus.isEmpty()) {
				throw new NotThereException(what, "it has no product", advice);
			}
			return skus;
		}
		catch (JacksonException ex) {
			throw new NotThereException(what, "the response is not a catalogue", advice);
		}
	}

	/**
	 * Checks that inventory-service answers.
	 * @throws NotThereException if it does not
	 */
	static void requireStock(URI inventoryService) {
		URI stock = URI.create(inventoryService + "/stock");
		get(stock, "Inventory-service at %s".formatted(stock),
				"Set --inventory-url, or omit reads with --reads-percent 0");
	}

	private static String get(URI uri, String what, String advice) {
		try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
			HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(),
					BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new NotThereException(what, "it answered with status " + response.statusCode(), advice);
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new NotThereException(what, ex.getClass().getSimpleName(), advice);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NotThereException(what, "interrupted", advice);
		}
	}

}
