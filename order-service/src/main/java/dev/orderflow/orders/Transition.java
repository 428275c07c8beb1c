package dev.orderflow.orders;

import java.util.Arrays;
import java.util.Optional;

import dev.orderflow.orders.Order.Status;
import dev.orderflow.orders.Trigger.CustomerCancels;
import dev.orderflow.orders.Trigger.ShipmentCancelled;
import dev.orderflow.orders.Trigger.ShipmentDispatched;
import dev.orderflow.orders.Trigger.ShipmentPlanned;
import dev.orderflow.orders.Trigger.StockRejected;
import dev.orderflow.orders.Trigger.StockReserved;

import static dev.orderflow.orders.Order.Status.CANCELLED;
import static dev.orderflow.orders.Order.Status.CANCELLING;
import static dev.orderflow.orders.Order.Status.CONFIRMED;
import static dev.orderflow.orders.Order.Status.PLACED;
import static dev.orderflow.orders.Order.Status.REJECTED;
import static dev.orderflow.orders.Order.Status.SHIPPED;

/**
 * Every change of an order's status: from which status, by what, to which, and its words
 * in the timeline. The status that is reached decides which event is published
 * ({@link OrderEvents#reached}). Whatever is not listed here changes nothing.
 *
 * <p>
 * The first decision about stock is final, and so is a dispatch, even one that overtakes
 * the decision about stock: what is on its way to the customer is shipped. Before it is
 * confirmed an order is cancelled at once, because nothing ships without
 * {@code order.confirmed}; afterwards shipping says whether it is in time.
 */
enum Transition {

	CONFIRM(PLACED, StockReserved.class, CONFIRMED, "%s"),

	REJECT(PLACED, StockRejected.class, REJECTED, "%s"),

	CANCEL(PLACED, CustomerCancels.class, CANCELLED, "%s"),

	ASK_SHIPPING_TO_CANCEL(CONFIRMED, CustomerCancels.class, CANCELLING, "%s; shipping decides if it is in time"),

	CANCEL_IN_TIME(CANCELLING, ShipmentCancelled.class, CANCELLED, "in time to cancel: %s"),

	SHIP(CONFIRMED, ShipmentDispatched.class, SHIPPED, "%s"),

	SHIP_UNCONFIRMED(PLACED, ShipmentDispatched.class, SHIPPED, "%s"),

	SHIP_TOO_LATE_TO_CANCEL(CANCELLING, ShipmentDispatched.class, SHIPPED, "too late to cancel: %s");

	private final Status from;

	private final Class<? extends Trigger> trigger;

	private final Status to;

	private final String words;

	Transition(Status from, Class<? extends Trigger> trigger, Status to, String words) {
		this.from = from;
		this.trigger = trigger;
		this.to = to;
		this.words = words;
	}

	/** The change of an order of that status; empty if the trigger changes nothing. */
	static Optional<Transition> of(Status from, Trigger trigger) {
		return Arrays.stream(values())
			.filter((transition) -> transition.from == from && transition.trigger.isInstance(trigger))
			.findAny();
	}

	Status from() {
		return this.from;
	}

	Status to() {
		return this.to;
	}

	/** What happened and what it led to, for the timeline. */
	String words(Trigger trigger) {
		return this.words.formatted(trigger.words());
	}

	/**
	 * What happened without a change, for the timeline: as it is if the status agrees
	 * with it, otherwise with the reason why it is ignored.
	 */
	static String wordsWithoutChange(Status status, Trigger trigger) {
		boolean agrees = switch (trigger) {
			case ShipmentPlanned _ -> true;
			case ShipmentCancelled _ -> status == REJECTED || status == CANCELLED;
			case StockReserved _, StockRejected _, ShipmentDispatched _, CustomerCancels _ -> false;
		};
		return agrees ? trigger.words() : "%s; ignored, because the order is %s".formatted(trigger.words(), status);
	}

}
