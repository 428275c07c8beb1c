package dev.orderflow.inventory;

import java.time.Instant;

import dev.orderflow.events.EventType;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockEvent;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.outbox.OutgoingEvent;

/** Decisions as events. */
final class StockEvents {

	private StockEvents() {
	}

	/**
	 * The event of a decision. It correlates by order id; the order's event caused it.
	 */
	static OutgoingEvent decided(Decision decision, Instant at) {
		Placed placed = decision.placed();
		return switch (decision.outcome()) {
			case RESERVED -> event(EventType.STOCK_RESERVED, new StockReserved(placed.orderId(), at), placed);
			case OUT_OF_STOCK -> rejected(decision, RejectionReason.OUT_OF_STOCK, at);
			case UNKNOWN_SKU -> rejected(decision, RejectionReason.UNKNOWN_SKU, at);
		};
	}

	private static OutgoingEvent rejected(Decision decision, RejectionReason reason, Instant at) {
		Placed placed = decision.placed();
		return event(EventType.STOCK_REJECTED, new StockRejected(placed.orderId(), reason, decision.lacking(), at),
				placed);
	}

	private static OutgoingEvent event(EventType type, StockEvent data, Placed placed) {
		String orderId = placed.orderId().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId,
				placed.eventId());
	}

}
