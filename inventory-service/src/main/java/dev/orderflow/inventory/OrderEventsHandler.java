package dev.orderflow.inventory;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/**
 * Where events about orders come in. It and {@link StockEvents} are the only classes that
 * know the contract.
 */
@Component
class OrderEventsHandler implements EventHandler<OrderPlaced> {

	private final ReserveStock reserveStock;

	OrderEventsHandler(ReserveStock reserveStock) {
		this.reserveStock = reserveStock;
	}

	@Override
	public String name() {
		return "inventory-service";
	}

	@Override
	public Map<String, Class<? extends OrderPlaced>> types() {
		return EventType.typesOf(OrderPlaced.class);
	}

	@Override
	public int workOf(OrderPlaced placed) {
		return placed.lines().size();
	}

	@Override
	public void handle(List<ReceivedEvent<OrderPlaced>> events) {
		this.reserveStock.reserve(events.stream().map((event) -> requestOf(event.id(), event.data())).toList());
	}

	private static ReservationRequest requestOf(String eventId, OrderPlaced placed) {
		return new ReservationRequest(placed.orderId(), eventId,
				placed.lines()
					.stream()
					.map((line) -> new ReservationRequest.Line(line.sku(), line.quantity()))
					.toList());
	}

}
