package dev.orderflow.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/** Where events about orders come in, and the only class that knows their contract. */
@Component
class OrderEventsHandler implements EventHandler<OrderEvent> {

	private final CountSales countSales;

	OrderEventsHandler(CountSales countSales) {
		this.countSales = countSales;
	}

	@Override
	public String name() {
		return "analytics-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class, EventType.ORDER_PLACED, EventType.ORDER_REJECTED);
	}

	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> placed.lines().size();
			case OrderRejected rejected -> rejected.lines().size();
			default -> 1;
		};
	}

	/**
	 * Both events carry what the order adds to the figures, so that neither waits for the
	 * other.
	 */
	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		List<Sale> placed = new ArrayList<>();
		List<Sale> rejected = new ArrayList<>();
		for (ReceivedEvent<OrderEvent> event : events) {
			if (event.data() instanceof OrderPlaced order) {
				placed.add(new Sale(order.orderId(), event.partition(), order.placedAt(), order.currency(),
						linesOf(order.lines())));
			}
			if (event.data() instanceof OrderRejected order) {
				rejected.add(new Sale(order.orderId(), event.partition(), order.placedAt(), order.currency(),
						linesOf(order.lines())));
			}
		}
		this.countSales.count(placed, rejected);
	}

	private static List<Sale.Line> linesOf(List<OrderPlaced.Line> lines) {
		return lines.stream().map((line) -> new Sale.Line(line.sku(), line.quantity(), line.unitPriceCents())).toList();
	}

}
