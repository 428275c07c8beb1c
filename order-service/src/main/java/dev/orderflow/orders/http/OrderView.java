package dev.orderflow.orders.http;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.Order;
import dev.orderflow.orders.OrderLine;
import io.swagger.v3.oas.annotations.media.Schema;

/** An order as the API returns it. */
record OrderView(@Schema(example = "01981c7e-0000-7000-8000-000000000001") UUID orderId,
		@Schema(example = "customer-7") String customerId, Order.Status status, List<Line> lines,
		@Schema(description = "Sum of quantity times unit price, in minor units", example = "9980") long totalCents,
		@Schema(description = "ISO 4217 code", example = "EUR") String currency, Address shipTo,
		@Schema(example = "2026-11-21T09:30:00.123456Z") Instant placedAt) {

	static OrderView of(Order order) {
		return new OrderView(order.id(), order.customerId(), order.status(),
				order.lines().stream().map(Line::of).toList(), order.totalCents(), order.currency(),
				Address.of(order.shipTo()), order.placedAt());
	}

	/** One product of the order. */
	@Schema(name = "OrderLine")
	record Line(@Schema(example = "SKU-KETTLE") String sku, @Schema(example = "2") int quantity,
			@Schema(description = "Price of one unit in minor units", minimum = "0", maximum = "10000000",
					example = "4990") long unitPriceCents) {

		static Line of(OrderLine line) {
			return new Line(line.sku(), line.quantity(), line.unitPriceCents());
		}

	}

}
