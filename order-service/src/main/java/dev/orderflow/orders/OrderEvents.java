package dev.orderflow.orders;

import java.time.Instant;
import java.util.List;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.orders.StockDecision.Rejected;
import dev.orderflow.orders.StockDecision.Reserved;
import dev.orderflow.outbox.OutgoingEvent;
import org.jspecify.annotations.Nullable;

/** Orders as events: the only place here that knows the contract's types. */
final class OrderEvents {

	private OrderEvents() {
	}

	/** The event of a new order. It correlates by order id and has no cause. */
	static OutgoingEvent placed(Order order) {
		OrderPlaced data = new OrderPlaced(order.id(), order.customerId(), lines(order), order.totalCents(),
				order.currency(), shipTo(order.shipTo()), order.placedAt());
		return event(EventType.ORDER_PLACED, data, null);
	}

	/**
	 * The verdict about an order: confirmed or rejected, as the decision about stock
	 * says.
	 */
	static OutgoingEvent verdict(Order order, StockDecision decision, Instant at) {
		return switch (decision) {
			case Reserved reserved -> event(EventType.ORDER_CONFIRMED, new OrderConfirmed(order.id(), lines(order), at),
					reserved.event().getId());
			case Rejected rejected -> event(EventType.ORDER_REJECTED, new OrderRejected(order.id(),
					reason(rejected.reason()), rejected.skus(), lines(order), order.currency(), order.placedAt(), at),
					rejected.event().getId());
		};
	}

	private static OutgoingEvent event(EventType type, OrderEvent data, @Nullable String causationId) {
		String orderId = data.orderId().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId, causationId);
	}

	private static RejectionReason reason(Rejected.Reason reason) {
		return switch (reason) {
			case OUT_OF_STOCK -> RejectionReason.OUT_OF_STOCK;
			case UNKNOWN_SKU -> RejectionReason.UNKNOWN_SKU;
		};
	}

	private static List<OrderPlaced.Line> lines(Order order) {
		return order.lines().stream().map(OrderEvents::line).toList();
	}

	private static OrderPlaced.Line line(OrderLine line) {
		return new OrderPlaced.Line(line.sku(), line.quantity(), line.unitPriceCents());
	}

	private static OrderPlaced.ShipTo shipTo(ShipTo to) {
		return new OrderPlaced.ShipTo(to.name(), to.street(), to.city(), to.postalCode(), to.country());
	}

}
