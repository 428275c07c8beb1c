package dev.orderflow.orders;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.outbox.OutgoingEvent;

/** Orders as events: the only place here that knows the contract's types. */
final class OrderEvents {

	private OrderEvents() {
	}

	/** The event of a new order. It correlates by order id and has no cause. */
	static OutgoingEvent placed(Order order) {
		OrderPlaced data = new OrderPlaced(order.id(), order.customerId(),
				order.lines().stream().map(OrderEvents::line).toList(), order.totalCents(), order.currency(),
				shipTo(order.shipTo()), order.placedAt());
		EventType type = EventType.ORDER_PLACED;
		String orderId = order.id().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId, null);
	}

	private static OrderPlaced.Line line(OrderLine line) {
		return new OrderPlaced.Line(line.sku(), line.quantity(), line.unitPriceCents());
	}

	private static OrderPlaced.ShipTo shipTo(ShipTo to) {
		return new OrderPlaced.ShipTo(to.name(), to.street(), to.city(), to.postalCode(), to.country());
	}

}
