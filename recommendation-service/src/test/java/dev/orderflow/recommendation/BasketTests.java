package dev.orderflow.recommendation;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.orderflow.recommendation.Basket.Pair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BasketTests {

	@Test
	void pairsEachTwoProductsOnceInAnyOrder() {
		assertThat(basketOf(List.of("C", "A", "B")).pairs()).containsExactlyInAnyOrder(new Pair("A", "B", 3),
				new Pair("A", "C", 3), new Pair("B", "C", 3));
	}

	@Test
	void hasNoPairsOfOneProduct() {
		assertThat(basketOf(List.of("A")).pairs()).isEmpty();
	}

	@Test
	void countsThePairsOfTheLargestOrder() {
		List<String> skus = IntStream.range(0, 100).mapToObj((number) -> "SKU-" + number).toList();

		assertThat(basketOf(skus).pairs()).doesNotHaveDuplicates().hasSize(4950);
		assertThat(Basket.pairCount(100)).isEqualTo(4950);
	}

	private static Basket basketOf(List<String> skus) {
		return new Basket(new UUID(0, 1), 3, skus);
	}

}
