package dev.orderflow.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Every line of an order is reserved.
 *
 * @param orderId the order
 * @param reservedAt when it was decided
 */
public record StockReserved(UUID orderId, Instant reservedAt) implements StockEvent {

	public StockReserved {
		Require.present(orderId, "orderId");
		Require.present(reservedAt, "reservedAt");
	}

}
