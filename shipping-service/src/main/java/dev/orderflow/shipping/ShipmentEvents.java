package dev.orderflow.shipping;

import java.time.Instant;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.ShipmentCancelled;
import dev.orderflow.events.ShipmentDispatched;
import dev.orderflow.events.ShipmentEvent;
import dev.orderflow.events.ShipmentPlanned;
import dev.orderflow.outbox.OutgoingEvent;
import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.carrier.Carrier.Booking;

/** Changes as events. */
final class ShipmentEvents {

	private ShipmentEvents() {
	}

	/**
	 * The events of a change, in order. They correlate by order id; each names the event
	 * that caused it.
	 */
	static Stream<OutgoingEvent> of(Change change, Instant at) {
		Stream.Builder<OutgoingEvent> events = Stream.builder();
		Plan plan = change.plan();
		if (plan != null) {
			events.add(event(EventType.SHIPMENT_PLANNED, new ShipmentPlanned(change.orderId(), change.shipmentId(),
					plan.parcels().size(), plan.plannedFor(), at), change.plannedBy()));
		}
		Booking booking = change.booking();
		if (booking != null) {
			events.add(event(EventType.SHIPMENT_DISPATCHED, new ShipmentDispatched(change.orderId(),
					change.shipmentId(), booking.carrier(), booking.trackingNumber(), at), change.causedBy()));
		}
		if (change.after() == Status.CANCELLED) {
			events.add(event(EventType.SHIPMENT_CANCELLED, new ShipmentCancelled(change.orderId(), at),
					change.causedBy()));
		}
		return events.build();
	}

	private static OutgoingEvent event(EventType type, ShipmentEvent data, String causationId) {
		String orderId = data.orderId().toString();
		return new OutgoingEvent(type.topic(), orderId, type.type(), type.dataSchema(), data, orderId, causationId);
	}

}
