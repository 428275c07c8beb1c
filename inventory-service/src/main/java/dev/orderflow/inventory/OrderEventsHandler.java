package dev.orderflow.inventory;

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
import dev.orderflow.inventory.OrderChange.Cancelled;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.OrderChange.Shipped;
import dev.orderflow.inventory.Reservation.Line;

import org.springframework.stereotype.Component;

/**
 * Where events about orders come in. It and {@link StockEvents} are the only classes that
 * know the contract.
 */
@Component
class OrderEventsHandler implements EventHandler<OrderEvent> {

	private final FollowOrders followOrders;

	OrderEventsHandler(FollowOrders followOrders) {
		this.followOrders = followOrders;
	}

	@Override
	public String name() {
		return "inventory-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class, EventType.ORDER_PLACED, EventType.ORDER_CANCELLED,
				EventType.ORDER_SHIPPED);
	}

	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> placed.lines().size();
			case OrderCancelled cancelled -> cancelled.lines().size();
			case OrderShipped shipped -> shipped.lines().size();
			case OrderConfirmed _, OrderRejected _, OrderCancellationRequested _ -> throw notTaken(event);
		};
	}

	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.followOrders.follow(events.stream().map((event) -> changeOf(event.id(), event.data())).toList());
	}

	private static OrderChange changeOf(String eventId, OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> new Placed(placed.orderId(), eventId, linesOf(placed.lines()));
			case OrderCancelled cancelled -> new Cancelled(cancelled.orderId());
			case OrderShipped shipped -> new Shipped(shipped.orderId(), linesOf(shipped.lines()));
			case OrderConfirmed _, OrderRejected _, OrderCancellationRequested _ -> throw notTaken(event);
		};
	}

	private static List<Line> linesOf(List<OrderPlaced.Line> lines) {
		return lines.stream().map((line) -> new Line(line.sku(), line.quantity())).toList();
	}

	private static IllegalArgumentException notTaken(OrderEvent event) {
		return new IllegalArgumentException("%s is not among types()".formatted(event.getClass().getSimpleName()));
	}

}
