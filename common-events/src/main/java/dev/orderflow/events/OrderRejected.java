package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order cannot be fulfilled; nothing of it is sold. It carries what was placed, so
 * that a consumer can subtract it whether or not {@link OrderPlaced} has arrived.
 *
 * @param orderId the order
 * @param reason why
 * @param skus the products that are the reason, 1 to {@value OrderPlaced#LINES_MAX}
 * @param lines 1 to {@value OrderPlaced#LINES_MAX} lines, no sku twice, as they were
 * placed
 * @param currency ISO 4217 code
 * @param placedAt when the order was accepted
 * @param rejectedAt when it was decided
 */
public record OrderRejected(UUID orderId, RejectionReason reason, List<String> skus, List<OrderPlaced.Line> lines,
		String currency, Instant placedAt, Instant rejectedAt) implements OrderEvent {

	public OrderRejected {
		Require.present(orderId, "orderId");
		Require.present(reason, "reason");
		Require.present(skus, "skus");
		Require.present(lines, "lines");
		Require.present(currency, "currency");
		Require.present(placedAt, "placedAt");
		Require.present(rejectedAt, "rejectedAt");
		Require.between(skus.size(), 1, OrderPlaced.LINES_MAX, "number of skus");
		skus = List.copyOf(skus);
		lines = OrderPlaced.Line.checked(lines);
		Require.between(OrderPlaced.Line.totalCents(lines), 0, OrderPlaced.CENTS_MAX, "sum of the lines");
	}

}
