package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The parcels of an order are with the carrier; the order cannot be cancelled any more.
 * It carries the lines, so that a consumer need not wait for an earlier event.
 *
 * @param orderId the order
 * @param lines 1 to {@value OrderPlaced#LINES_MAX} lines, no sku twice, as they were
 * placed
 * @param shippedAt when it was decided
 */
public record OrderShipped(UUID orderId, List<OrderPlaced.Line> lines, Instant shippedAt) implements OrderEvent {

	public OrderShipped {
		Require.present(orderId, "orderId");
		Require.present(lines, "lines");
		Require.present(shippedAt, "shippedAt");
		lines = OrderPlaced.Line.checked(lines);
	}

}
