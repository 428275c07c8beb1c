package dev.orderflow.orders;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as the API answers it. */
record OrderView(UUID orderId, String customerId, Order.Status status, List<OrderLine> lines, long totalCents,
		String currency, ShipTo shipTo, Instant placedAt) {

	static OrderView of(Order order) {
		return new OrderView(order.id(), order.customerId(), order.status(), order.lines(), order.totalCents(),
				order.currency(), order.shipTo(), order.placedAt());
	}

}
