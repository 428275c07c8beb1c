package dev.orderflow.recommendation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The products of one order.
 *
 * @param partition partition of its event; each partition has its own counters
 * @param skus each once
 */
record Basket(UUID orderId, int partition, List<String> skus) {

	Basket {
		skus = List.copyOf(skus);
	}

	/** All pairs of its products, regardless of their sequence. */
	List<Pair> pairs() {
		List<String> sorted = this.skus.stream().sorted().toList();
		List<Pair> pairs = new ArrayList<>(pairCount(sorted.size()));
		for (int first = 0; first < sorted.size(); first++) {
			for (int second = first + 1; second < sorted.size(); second++) {
				pairs.add(new Pair(sorted.get(first), sorted.get(second), this.partition));
			}
		}
		return pairs;
	}

	static int pairCount(int skus) {
		return skus * (skus - 1) / 2;
	}

	/**
	 * Two products of one order.
	 *
	 * @param sku the lesser of the two, so that a pair has one counter
	 */
	record Pair(String sku, String otherSku, int partition) {
	}

}
