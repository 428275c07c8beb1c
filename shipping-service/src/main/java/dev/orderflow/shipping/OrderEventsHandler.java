package dev.orderflow.shipping;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

	private final PlanShipment planShipment;

	private final CancelShipment cancelShipment;

	OrderEventsHandler(PlanShipment planShipment, CancelShipment cancelShipment) {
		this.planShipment = planShipment;
		this.cancelShipment = cancelShipment;
	}

	@Override
	public String name() {
		return "shipping-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class, EventType.ORDER_PLACED, EventType.ORDER_REJECTED);
	}

	/** Upper bound of its rows: one for each product in each of its parcels. */
	@Override
	public int workOf(OrderEvent event) {
		List<OrderPlaced.Line> lines = switch (event) {
			case OrderPlaced placed -> placed.lines();
			case OrderRejected rejected -> rejected.lines();
			default -> List.of();
		};
		return lines.size() + lines.stream().mapToInt(OrderPlaced.Line::quantity).sum() / Parcel.UNITS_MAX;
	}

	/** A batch's sequence does not matter: a cancelled shipment stays cancelled. */
	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.planShipment.plan(dataOf(events, OrderPlaced.class).map(OrderEventsHandler::requestOf).toList());
		this.cancelShipment.cancel(dataOf(events, OrderRejected.class).map(OrderRejected::orderId).toList());
	}

	private static <T> Stream<T> dataOf(List<ReceivedEvent<OrderEvent>> events, Class<T> type) {
		return events.stream().map(ReceivedEvent::data).filter(type::isInstance).map(type::cast);
	}

	private static ShipmentRequest requestOf(OrderPlaced placed) {
		return new ShipmentRequest(placed.orderId(), placed.placedAt(), addressOf(placed.shipTo()),
				placed.lines().stream().map((line) -> new ShipmentRequest.Line(line.sku(), line.quantity())).toList());
	}

	private static Address addressOf(OrderPlaced.ShipTo shipTo) {
		return new Address(shipTo.name(), shipTo.street(), shipTo.city(), shipTo.postalCode(), shipTo.country());
	}

}
