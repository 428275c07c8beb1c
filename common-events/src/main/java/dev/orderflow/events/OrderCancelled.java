package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order is cancelled at the customer's request; nothing of it is sold. It carries what
 * was placed, so that a consumer can subtract it whether or not {@link OrderPlaced} has
 * arrived.
 *
 * @param orderId the order
 * @param lines 1 to {@value OrderPlaced#LINES_MAX} lines, no sku twice, as they were
 * placed
 * @param currency ISO 4217 code
 * @param placedAt when the order was accepted
 * @param cancelledAt when it was decided
 */
public record OrderCancelled(UUID orderId, List<OrderPlaced.Line> lines, String currency, Instant placedAt,
		Instant cancelledAt) implements OrderEvent {

	public OrderCancelled {
		Require.present(orderId, "orderId");
		Require.present(lines, "lines");
		Require.present(currency, "currency");
		Require.present(placedAt, "placedAt");
		Require.present(cancelledAt, "cancelledAt");
		lines = OrderPlaced.Line.checked(lines);
		Require.between(OrderPlaced.Line.totalCents(lines), 0, OrderPlaced.CENTS_MAX, "sum of the lines");
	}

}
