package dev.orderflow.recommendation;

import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.test.consumer.ConsumerContract;

import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.orderflow.test.consumer.PlacedOrders.confirmed;

/**
 * Goal: recommendation fulfils the contract of every consumer. Its figures: orders by
 * pair.
 */
class RecommendationContractIT extends ConsumerContract {

	RecommendationContractIT() {
		super("counted_order", "bought_together");
	}

	@Override
	protected EventType countedType() {
		return EventType.ORDER_CONFIRMED;
	}

	@Override
	protected Object dataOf(OrderPlaced order) {
		return confirmed(order);
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, "select sku || ' + ' || other_sku, sum(orders) from bought_together group by 1");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		return Map.of("SKU-LAMP + SKU-MUG", 1L);
	}

}
