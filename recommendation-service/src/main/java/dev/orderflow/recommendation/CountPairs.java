package dev.orderflow.recommendation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.recommendation.Basket.Pair;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Counts each sold order once for each pair of its products. */
@Component
class CountPairs {

	private final Pairs pairs;

	CountPairs(Pairs pairs) {
		this.pairs = pairs;
	}

	/**
	 * Counts the orders that are not counted yet. Runs in the inbox's transaction, which
	 * also marks the events as applied.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void count(List<Basket> baskets) {
		Map<UUID, Basket> byOrder = new HashMap<>();
		baskets.forEach((basket) -> byOrder.putIfAbsent(basket.orderId(), basket));
		byOrder.keySet().retainAll(this.pairs.insertOrders(byOrder.keySet()));
		Map<Pair, Integer> orders = new HashMap<>();
		for (Basket basket : byOrder.values()) {
			basket.pairs().forEach((pair) -> orders.merge(pair, 1, Integer::sum));
		}
		this.pairs.addOrders(orders);
	}

}
