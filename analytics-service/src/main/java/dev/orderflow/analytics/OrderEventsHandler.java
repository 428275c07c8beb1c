package dev.orderflow.analytics;

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
		return EventType.typesOf(OrderEvent.class);
	}

	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> placed.lines().size();
		};
	}

	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.countSales.count(events.stream().map((event) -> saleOf(event.data(), event.partition())).toList());
	}

	private static Sale saleOf(OrderEvent event, int partition) {
		return switch (event) {
			case OrderPlaced placed -> new Sale(placed.orderId(), partition, placed.placedAt(), placed.currency(),
					placed.lines()
						.stream()
						.map((line) -> new Sale.Line(line.sku(), line.quantity(), line.unitPriceCents()))
						.toList());
		};
	}

}
