package dev.orderflow.inventory;

import java.time.Instant;

import dev.orderflow.events.EventType;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockEvent;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.outbox.OutgoingEvent;

/** Decisions as events. */
final class StockEvents {

	private StockEvents() {
	}

	/**
	 * The event of a decision. It correlates by order id; the order's event caused it.
	 */
	static OutgoingEvent decided(Reservation reservation, Instant at) {
		ReservationRequest request = reservation.request();
		return switch (reservation.outcome()) {
			case RESERVED -> event(EventType.STOCK_RESERVED, new StockReserved(request.orderId(), at), request);
			case OUT_OF_STOCK -> rejected(reservation, RejectionReason.OUT_OF_STOCK, at);
			case UNKNOWN_SKU -> rejected(reservation, RejectionReason.UNKNOWN_SKU, at);
		};
	}

	private static OutgoingEvent rejected(Reservation reservation, RejectionReason reason, Instant at) {
		ReservationRequest request = reservation.request();
		return event(EventType.STOCK_REJECTED, new StockRejected(request.orderId(), reason, reservation.lacking(), at),
				request);
	}

	private static OutgoingEvent event(EventType type, StockEvent data, ReservationRequest request) {
		String orderId = request.orderId().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId,
				request.eventId());
	}

}
