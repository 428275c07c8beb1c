package dev.orderflow.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Nothing of an order is reserved.
 *
 * @param orderId the order
 * @param reason why
 * @param skus the products that are the reason, 1 to {@value OrderPlaced#LINES_MAX}
 * @param rejectedAt when it was decided
 */
public record StockRejected(UUID orderId, RejectionReason reason, List<String> skus,
		Instant rejectedAt) implements StockEvent {

	public StockRejected {
		Require.present(orderId, "orderId");
		Require.present(reason, "reason");
		Require.present(skus, "skus");
		Require.present(rejectedAt, "rejectedAt");
		Require.between(skus.size(), 1, OrderPlaced.LINES_MAX, "number of skus");
		skus = List.copyOf(skus);
	}

}
