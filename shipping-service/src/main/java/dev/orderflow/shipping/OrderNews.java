package dev.orderflow.shipping;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.Shipments.State;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a batch say about one order, in whatever sequence they came.
 *
 * @param placed the order's content, or null if its placement is not among them
 * @param confirmedBy id of the event that confirms the order, or null
 * @param unwantedBy id of the event after which nothing may be dispatched, or null
 * @param cancelled whether that event is the end of a cancellation, which shipping itself
 * may have granted before
 * @param shipped whether the order is shipped for good, so that a request to cancel it
 * came too late
 */
record OrderNews(UUID orderId, @Nullable ShipmentRequest placed, @Nullable String confirmedBy,
		@Nullable String unwantedBy, boolean cancelled, boolean shipped) {

	OrderNews {
		unwantedBy = shipped ? null : unwantedBy;
	}

	static OrderNews placed(ShipmentRequest request) {
		return new OrderNews(request.orderId(), request, null, null, false, false);
	}

	static OrderNews confirmed(UUID orderId, String eventId) {
		return new OrderNews(orderId, null, eventId, null, false, false);
	}

	/** Rejected, or the customer wants to cancel it. */
	static OrderNews unwanted(UUID orderId, String eventId) {
		return new OrderNews(orderId, null, null, eventId, false, false);
	}

	static OrderNews cancelled(UUID orderId, String eventId) {
		return new OrderNews(orderId, null, null, eventId, true, false);
	}

	/** Shipping dispatched it before, and may have forgotten that in a restore. */
	static OrderNews shipped(UUID orderId, String eventId) {
		return new OrderNews(orderId, null, eventId, null, false, true);
	}

	/** These news and others about the same order. */
	OrderNews and(OrderNews other) {
		return new OrderNews(this.orderId, (this.placed != null) ? this.placed : other.placed,
				(this.confirmedBy != null) ? this.confirmedBy : other.confirmedBy,
				(this.unwantedBy != null) ? this.unwantedBy : other.unwantedBy, this.cancelled || other.cancelled,
				this.shipped || other.shipped);
	}

	/** The key of its booking, also where the stored shipment has another id. */
	UUID bookingKey() {
		return Shipment.idOf(this.orderId);
	}

	/** What is stored for the order, by order id. */
	State among(Map<UUID, State> states) {
		return Objects.requireNonNull(states.get(this.orderId));
	}

	/**
	 * Whether with these news a shipment is ready for the carrier: planned and confirmed,
	 * neither dispatched nor cancelled.
	 * @param stored its status before, or null if it is not stored yet
	 */
	boolean complete(@Nullable Status stored) {
		if (this.unwantedBy != null) {
			return false;
		}
		return switch (stored) {
			case null -> this.placed != null && this.confirmedBy != null;
			case PLANNED -> this.confirmedBy != null;
			case CONFIRMED -> this.placed != null;
			case DISPATCHED, CANCELLED -> false;
		};
	}

}
