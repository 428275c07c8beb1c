package dev.orderflow.recommendation;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/**
 * Where events about orders come in, and the only class that knows their contract. Only
 * confirmed orders count, and their event carries the basket: which other event of the
 * order has arrived does not matter.
 */
@Component
class OrderEventsHandler implements EventHandler<OrderConfirmed> {

	private final CountPairs countPairs;

	OrderEventsHandler(CountPairs countPairs) {
		this.countPairs = countPairs;
	}

	@Override
	public String name() {
		return "recommendation-service";
	}

	@Override
	public Map<String, Class<? extends OrderConfirmed>> types() {
		return EventType.typesOf(OrderConfirmed.class);
	}

	/**
	 * Number of pairs, which is 4950 for an order of 100 lines, plus 1 for the order's
	 * row.
	 */
	@Override
	public int workOf(OrderConfirmed confirmed) {
		return 1 + Basket.pairCount(confirmed.lines().size());
	}

	@Override
	public void handle(List<ReceivedEvent<OrderConfirmed>> events) {
		this.countPairs.count(events.stream().map((event) -> basketOf(event.data(), event.partition())).toList());
	}

	private static Basket basketOf(OrderConfirmed confirmed, int partition) {
		return new Basket(confirmed.orderId(), partition,
				confirmed.lines().stream().map(OrderPlaced.Line::sku).toList());
	}

}
