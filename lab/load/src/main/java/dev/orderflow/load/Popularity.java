package dev.orderflow.load;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Popularity of products, by Zipf's law, as in shops: the product of rank n is bought 1/n
 * as often as the first. A choice has no product twice.
 *
 * @param skus the products, the most popular first; at least one
 */
record Popularity(List<String> skus) {

	Popularity {
		skus = List.copyOf(skus);
		if (skus.isEmpty()) {
			throw new IllegalArgumentException("No product: expected at least one");
		}
	}

	/** Only the most popular products. */
	Popularity hottest(int count) {
		return new Popularity(this.skus.subList(0, Math.min(count, this.skus.size())));
	}

	/**
	 * Chooses {@code count} products, or all if there are fewer: weighted sampling
	 * without replacement. Each product draws an exponential time with its weight as the
	 * rate; the smallest win.
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
