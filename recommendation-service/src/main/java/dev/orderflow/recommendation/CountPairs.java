package dev.orderflow.recommendation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.recommendation.Basket.Pair;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Counts each confirmed order once for each pair of its products. */
@Component
class CountPairs {

	private final Pairs pairs;

	CountPairs(Pairs pairs) {
		this.pairs = pairs;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void count(List<Basket> baskets) {
		Map<Pair, Integer> orders = new HashMap<>();
		for (Basket basket : baskets) {
			basket.pairs().forEach((pair) -> orders.merge(pair, 1, Integer::sum));
		}
		this.pairs.store(baskets, orders);
	}

}
