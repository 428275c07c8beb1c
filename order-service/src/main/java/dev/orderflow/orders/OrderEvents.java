package dev.orderflow.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancellationRequested;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.OrderShipped;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.orders.Order.Status;
import dev.orderflow.orders.Trigger.StockRejected;
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
	 * The event that says that an order has reached a status.
	 * @param trigger what led to it
	 * @param causationId id of the event that said so, or null if a request did
	 * @throws IllegalArgumentException if that trigger does not lead to that status
	 */
	static OutgoingEvent reached(Status status, Order order, Trigger trigger, @Nullable String causationId,
			Instant now) {
		Instant at = now.truncatedTo(ChronoUnit.MICROS);
		return switch (status) {
			case CONFIRMED ->
				event(EventType.ORDER_CONFIRMED, new OrderConfirmed(order.id(), lines(order), at), causationId);
			case REJECTED -> event(EventType.ORDER_REJECTED, rejected(order, trigger, at), causationId);
			case CANCELLING -> event(EventType.ORDER_CANCELLATION_REQUESTED,
					new OrderCancellationRequested(order.id(), at), causationId);
			case CANCELLED -> event(EventType.ORDER_CANCELLED,
					new OrderCancelled(order.id(), lines(order), order.currency(), order.placedAt(), at), causationId);
			case SHIPPED -> event(EventType.ORDER_SHIPPED, new OrderShipped(order.id(), lines(order), at), causationId);
			case PLACED -> throw new IllegalArgumentException("Expected a status that is reached, found " + status);
		};
	}

	private static OrderRejected rejected(Order order, Trigger trigger, Instant at) {
		if (trigger instanceof StockRejected(StockRejected.Reason reason, List<String> skus)) {
			return new OrderRejected(order.id(), reason(reason), skus, lines(order), order.currency(), order.placedAt(),
					at);
		}
		throw new IllegalArgumentException("Expected a rejection by inventory, found " + trigger);
	}

	private static OutgoingEvent event(EventType type, OrderEvent data, @Nullable String causationId) {
		String orderId = data.orderId().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId, causationId);
	}

	private static RejectionReason reason(StockRejected.Reason reason) {
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
