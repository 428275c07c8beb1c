package dev.orderflow.recommendation;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancellationRequested;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.OrderShipped;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/**
 * Where events about orders come in, and the only class that knows their contract. An
 * order is sold once it is confirmed. It counts when the first event arrives that says
 * so: both carry the basket, and which others have arrived does not matter.
 */
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
		return EventType.typesOf(OrderEvent.class, EventType.ORDER_CONFIRMED, EventType.ORDER_SHIPPED);
	}

	/**
	 * Number of pairs, which is 4950 for an order of 100 lines, plus 1 for the order's
	 * row.
	 */
	@Override
	public int workOf(OrderEvent event) {
		return 1 + Basket.pairCount(linesOf(event).size());
	}

	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.countPairs.count(events.stream().map((event) -> basketOf(event.data(), event.partition())).toList());
	}

	private static Basket basketOf(OrderEvent event, int partition) {
		return new Basket(event.orderId(), partition, linesOf(event).stream().map(OrderPlaced.Line::sku).toList());
	}

	private static List<OrderPlaced.Line> linesOf(OrderEvent event) {
		return switch (event) {
			case OrderConfirmed confirmed -> confirmed.lines();
			case OrderShipped shipped -> shipped.lines();
			case OrderPlaced _, OrderRejected _, OrderCancellationRequested _, OrderCancelled _ ->
				throw new IllegalArgumentException(
						"%s is not among types()".formatted(event.getClass().getSimpleName()));
		};
	}

}
