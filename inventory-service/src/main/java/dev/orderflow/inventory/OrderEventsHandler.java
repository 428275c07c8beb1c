package dev.orderflow.inventory;

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

	private final ReserveStock reserveStock;

	OrderEventsHandler(ReserveStock reserveStock) {
		this.reserveStock = reserveStock;
	}

	@Override
	public String name() {
		return "inventory-service";
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
		this.reserveStock.reserve(events.stream().map((event) -> requestOf(event.data())).toList());
	}

	private static ReservationRequest requestOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> new ReservationRequest(placed.orderId(),
					placed.lines()
						.stream()
						.map((line) -> new ReservationRequest.Line(line.sku(), line.quantity()))
						.toList());
		};
	}

}
