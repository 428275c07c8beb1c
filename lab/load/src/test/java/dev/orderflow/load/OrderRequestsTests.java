package dev.orderflow.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class OrderRequestsTests {

	private static final int ORDERS = 2000;

	private final Popularity popularity = new Popularity(IntStream.range(0, 12).mapToObj((n) -> "SKU-" + n).toList());

	@Test
	void areOrdersThatAShopAccepts() {
		Iterator<Map<String, Object>> requests = new OrderRequests(this.popularity, 5, new Random(1)).iterator();
		Set<Integer> sizes = new HashSet<>();
		Set<Object> keys = new HashSet<>();
		for (int order = 0; order < ORDERS; order++) {
			Map<String, Object> request = requests.next();
			keys.add(request.get(OrderRequests.IDEMPOTENCY_KEY));
			JsonNode body = JsonMapper.shared().readTree((String) request.get(OrderRequests.BODY));
			List<String> skus = body.get("lines").valueStream().map((line) -> line.get("sku").asString()).toList();
			sizes.add(skus.size());
			assertThat(skus).doesNotHaveDuplicates().contains((String) request.get(OrderRequests.SKU));
			assertThat(body.get("lines").valueStream())
				.allSatisfy((line) -> assertThat(line.get("quantity").asInt()).isBetween(1, 4));
		}
		assertThat(sizes).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
		assertThat(keys).hasSize(ORDERS);
	}

	@Test
	void preferSomeProducts() {
		Random random = new Random(1);
		Map<String, Integer> chosen = new HashMap<>();
		for (int order = 0; order < ORDERS; order++) {
			chosen.merge(this.popularity.choose(1, random).getFirst(), 1, Integer::sum);
		}
		// By Zipf's law over twelve products a third choose the first, 1 of 37 the last.
		assertThat(chosen.get("SKU-0")).isBetween(ORDERS / 4, ORDERS * 2 / 5);
		assertThat(chosen.get("SKU-11")).isBetween(1, ORDERS / 20);
	}

	@Test
	void ofASaleContainOnlyItsProducts() {
		Popularity onSale = this.popularity.hottest(FlashSale.HOT_PRODUCTS);

		assertThat(onSale.choose(12, new Random(1))).containsExactlyInAnyOrder("SKU-0", "SKU-1", "SKU-2");
	}

}
