package dev.orderflow.shipping;

import java.util.Objects;
import java.util.UUID;

import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.Shipments.State;
import dev.orderflow.shipping.carrier.Carrier.Booking;
import org.jspecify.annotations.Nullable;

/**
 * How the news about an order change its shipment.
 *
 * @param news the reason
 * @param before what is stored
 * @param after its new status
 * @param plan null unless it is planned now
 * @param booking null unless it is dispatched now
 */
record Change(OrderNews news, State before, Status after, @Nullable Plan plan, @Nullable Booking booking) {

	UUID orderId() {
		return this.news.orderId();
	}

	UUID shipmentId() {
		return this.before.shipmentId();
	}

	/** Id of the event of the placement that is planned. */
	String plannedBy() {
		return Objects.requireNonNull(this.news.placed()).eventId();
	}

	/** Id of the event that brought the shipment to its new status. */
	String causedBy() {
		String cause = switch (this.after) {
			case PLANNED -> plannedBy();
			case CONFIRMED, DISPATCHED -> (this.news.confirmedBy() != null) ? this.news.confirmedBy() : plannedBy();
			case CANCELLED -> this.news.unwantedBy();
		};
		return Objects.requireNonNull(cause);
	}

}
