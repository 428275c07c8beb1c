package dev.orderflow.orders;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;

/** An order as the API returns it. */
record OrderView(@Schema(example = "01981c7e-0000-7000-8000-000000000001") UUID orderId,
		@Schema(example = "customer-7") String customerId, Order.Status status, List<OrderLine> lines,
		@Schema(description = "Sum of quantity times unit price, in minor units", example = "9980") long totalCents,
		@Schema(description = "ISO 4217 code", example = "EUR") String currency, ShipTo shipTo,
		@Schema(example = "2026-11-21T09:30:00.123456Z") Instant placedAt) {

	static OrderView of(Order order) {
		return new OrderView(order.id(), order.customerId(), order.status(), order.lines(), order.totalCents(),
				order.currency(), order.shipTo(), order.placedAt());
	}

}
