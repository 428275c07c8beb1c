package dev.orderflow.shipping;

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

	private final PlanShipment planShipment;

	OrderEventsHandler(PlanShipment planShipment) {
		this.planShipment = planShipment;
	}

	@Override
	public String name() {
		return "shipping-service";
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class);
	}

	/** Upper bound of its rows: one for each product in each of its parcels. */
	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> placed.lines().size()
					+ placed.lines().stream().mapToInt(OrderPlaced.Line::quantity).sum() / Parcel.UNITS_MAX;
		};
	}

	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		this.planShipment.plan(events.stream().map((event) -> requestOf(event.data())).toList());
	}

	private static ShipmentRequest requestOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed ->
				new ShipmentRequest(placed.orderId(), placed.placedAt(), addressOf(placed.shipTo()),
						placed.lines()
							.stream()
							.map((line) -> new ShipmentRequest.Line(line.sku(), line.quantity()))
							.toList());
		};
	}

	private static Address addressOf(OrderPlaced.ShipTo shipTo) {
		return new Address(shipTo.name(), shipTo.street(), shipTo.city(), shipTo.postalCode(), shipTo.country());
	}

}
