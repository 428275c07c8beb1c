package dev.orderflow.load;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which products are bought: the one of rank n is n times as rare as the first (Zipf's
 * law), which is how shops sell. No product comes twice in one choice.
 *
 * @param skus the products, the most wanted first; at least one
 */
record Popularity(List<String> skus) {

	Popularity {
		skus = List.copyOf(skus);
		if (skus.isEmpty()) {
			throw new IllegalArgumentException("Expected at least one product, found none");
		}
	}

	/** The most wanted alone. */
	Popularity hottest(int count) {
		return new Popularity(this.skus.subList(0, Math.min(count, this.skus.size())));
	}

	/**
	 * So many products, or all when there are fewer. Each waits an exponential time of a
	 * rate that is its weight, and the first win: a weighted choice without repetition.
	 */
	List<String> choose(int count, Random random) {
		return IntStream.range(0, this.skus.size())
			.mapToObj((rank) -> new Candidate(this.skus.get(rank), -Math.log(1 - random.nextDouble()) * (rank + 1)))
			.sorted(Comparator.comparingDouble(Candidate::waiting))
			.limit(count)
			.map(Candidate::sku)
			.toList();
	}

	private record Candidate(String sku, double waiting) {
	}

}
