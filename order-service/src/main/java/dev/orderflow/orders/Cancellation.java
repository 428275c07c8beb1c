package dev.orderflow.orders;

import dev.orderflow.orders.Order.Status;

/** The answer to a request to cancel an order. */
public sealed interface Cancellation {

	/** The order as it is once the transaction has committed: CANCELLED or CANCELLING. */
	record Accepted(Order order) implements Cancellation {

	}

	/** Nothing is changed: the order has a final status. */
	record TooLate(Status status) implements Cancellation {

	}

	/** No order has that id. */
	record NoSuchOrder() implements Cancellation {

	}

}
