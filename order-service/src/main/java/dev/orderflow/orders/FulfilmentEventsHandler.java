package dev.orderflow.orders;

import java.util.List;
import java.util.Map;

import dev.orderflow.events.Event;
import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.ShipmentCancelled;
import dev.orderflow.events.ShipmentDispatched;
import dev.orderflow.events.ShipmentPlanned;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.orders.Trigger.StockRejected.Reason;

import org.springframework.stereotype.Component;

/**
 * Where the events of inventory and shipping come in, and the only class that knows their
 * contract.
 */
@Component
class FulfilmentEventsHandler implements EventHandler<Event> {

	private final JudgeOrders judgeOrders;

	FulfilmentEventsHandler(JudgeOrders judgeOrders) {
		this.judgeOrders = judgeOrders;
	}

	@Override
	public String name() {
		return "order-service";
	}

	@Override
	public Map<String, Class<? extends Event>> types() {
		return EventType.typesOf(Event.class, EventType.STOCK_RESERVED, EventType.STOCK_REJECTED,
				EventType.SHIPMENT_PLANNED, EventType.SHIPMENT_DISPATCHED, EventType.SHIPMENT_CANCELLED);
	}

	@Override
	public void handle(List<ReceivedEvent<Event>> events) {
		this.judgeOrders.judge(events.stream()
			.map((event) -> new Report(event.data().orderId(), triggerOf(event.data()), event.envelope()))
			.toList());
	}

	private static Trigger triggerOf(Event event) {
		return switch (event) {
			case StockReserved _ -> new Trigger.StockReserved();
			case StockRejected rejected -> new Trigger.StockRejected(reasonOf(rejected.reason()), rejected.skus());
			case ShipmentPlanned planned -> new Trigger.ShipmentPlanned(planned.parcels(), planned.plannedFor());
			case ShipmentDispatched dispatched ->
				new Trigger.ShipmentDispatched(dispatched.carrier(), dispatched.trackingNumber());
			case ShipmentCancelled _ -> new Trigger.ShipmentCancelled();
			case OrderEvent own -> throw new IllegalArgumentException(
					"Expected an event of inventory or shipping, found " + own.getClass().getSimpleName());
		};
	}

	private static Reason reasonOf(RejectionReason reason) {
		return switch (reason) {
			case OUT_OF_STOCK -> Reason.OUT_OF_STOCK;
			case UNKNOWN_SKU -> Reason.UNKNOWN_SKU;
		};
	}

}
