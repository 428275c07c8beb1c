package dev.orderflow.recommendation;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/** Where events about orders come in, and the only class that knows their contract. */
@Component
class OrderEventsHandler implements EventHandler<OrderEvent> {

	private final CountPairs countPairs;

	OrderEventsHandler(CountPairs countPairs) {
		this.countPairs = countPairs;
	}

	@Override
	public String name() {
		return "recommendation-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class);
	}

	/**
	 * Number of pairs, which is 4950 for an order of 100 lines, plus 1 for the order's
	 * row.
	 */
	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> 1 + Basket.pairCount(placed.lines().size());
		};
	}

	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.countPairs.count(events.stream().map((event) -> basketOf(event.data(), event.partition())).toList());
	}

	private static Basket basketOf(OrderEvent event, int partition) {
		return switch (event) {
			case OrderPlaced placed ->
				new Basket(placed.orderId(), partition, placed.lines().stream().map(OrderPlaced.Line::sku).toList());
		};
	}

}
