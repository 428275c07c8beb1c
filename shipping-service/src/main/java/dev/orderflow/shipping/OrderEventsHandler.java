package dev.orderflow.shipping;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancellationRequested;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.OrderShipped;
import dev.orderflow.inbox.PreparingEventHandler;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.shipping.carrier.Address;
import dev.orderflow.shipping.carrier.Carrier.Booking;

import org.springframework.stereotype.Component;

/**
 * Where events about orders come in. It and {@link ShipmentEvents} are the only classes
 * that know the contract.
 */
@Component
class OrderEventsHandler implements PreparingEventHandler<OrderEvent> {

	private final BookShipments bookShipments;

	private final MoveShipments moveShipments;

	OrderEventsHandler(BookShipments bookShipments, MoveShipments moveShipments) {
		this.bookShipments = bookShipments;
		this.moveShipments = moveShipments;
	}

	@Override
	public String name() {
		return "shipping-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class);
	}

	/**
	 * Upper bound of the rows that it reads or writes: one for each product in each
	 * parcel.
	 */
	@Override
	public int workOf(OrderEvent event) {
		List<OrderPlaced.Line> lines = switch (event) {
			case OrderPlaced placed -> placed.lines();
			case OrderConfirmed confirmed -> confirmed.lines();
			case OrderRejected rejected -> rejected.lines();
			case OrderCancelled cancelled -> cancelled.lines();
			case OrderShipped shipped -> shipped.lines();
			case OrderCancellationRequested _ -> List.of();
		};
		return Math.max(1, lines.size() + lines.stream().mapToInt(OrderPlaced.Line::quantity).sum() / Parcel.UNITS_MAX);
	}

	@Override
	public Effect<OrderEvent> prepare(List<ReceivedEvent<OrderEvent>> events) {
		Map<UUID, Optional<Booking>> bookings = this.bookShipments.book(newsOf(events));
		return (fresh) -> this.moveShipments.move(newsOf(fresh), bookings);
	}

	private static Collection<OrderNews> newsOf(List<ReceivedEvent<OrderEvent>> events) {
		return events.stream()
			.collect(Collectors.toMap((event) -> event.data().orderId(), OrderEventsHandler::newsOf, OrderNews::and))
			.values();
	}

	private static OrderNews newsOf(ReceivedEvent<OrderEvent> event) {
		UUID orderId = event.data().orderId();
		return switch (event.data()) {
			case OrderPlaced placed -> OrderNews.placed(requestOf(event.id(), placed));
			case OrderConfirmed _ -> OrderNews.confirmed(orderId, event.id());
			case OrderRejected _, OrderCancellationRequested _ -> OrderNews.unwanted(orderId, event.id());
			case OrderCancelled _ -> OrderNews.cancelled(orderId, event.id());
			case OrderShipped _ -> OrderNews.shipped(orderId, event.id());
		};
	}

	private static ShipmentRequest requestOf(String eventId, OrderPlaced placed) {
		return new ShipmentRequest(placed.orderId(), eventId, placed.placedAt(), addressOf(placed.shipTo()),
				placed.lines().stream().map((line) -> new ShipmentRequest.Line(line.sku(), line.quantity())).toList());
	}

	private static Address addressOf(OrderPlaced.ShipTo shipTo) {
		return new Address(shipTo.name(), shipTo.street(), shipTo.city(), shipTo.postalCode(), shipTo.country());
	}

}
