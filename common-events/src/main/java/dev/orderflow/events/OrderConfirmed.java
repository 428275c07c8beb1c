package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The stock for an order is reserved; the order goes ahead. It carries the lines, so that
 * a consumer that needs confirmed orders alone need not wait for {@link OrderPlaced}.
 *
 * @param orderId the order
 * @param lines 1 to {@value OrderPlaced#LINES_MAX} lines, no sku twice, as they were
 * placed
 * @param confirmedAt when it was decided
 */
public record OrderConfirmed(UUID orderId, List<OrderPlaced.Line> lines, Instant confirmedAt) implements OrderEvent {

	public OrderConfirmed {
		Require.present(orderId, "orderId");
		Require.present(lines, "lines");
		Require.present(confirmedAt, "confirmedAt");
		lines = OrderPlaced.Line.checked(lines);
	}

}
