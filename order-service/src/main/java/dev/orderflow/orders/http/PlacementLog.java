package dev.orderflow.orders.http;

import java.util.List;
import java.util.UUID;

import dev.orderflow.orders.Order;
import dev.orderflow.orders.Placement;
import dev.orderflow.orders.Placement.KeyInFlight;
import dev.orderflow.orders.Placement.KeyOfAnotherRequest;
import dev.orderflow.orders.Placement.Placed;
import dev.orderflow.orders.Placement.PlacedBefore;
import dev.orderflow.orders.Placement.UnknownSkus;
import dev.orderflow.tracing.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each decision on a request to place an order, after its commit. */
final class PlacementLog {

	private static final Logger logger = LoggerFactory.getLogger(PlacementLog.class);

	private PlacementLog() {
	}

	static void write(Placement placement) {
		switch (placement) {
			// The order id is the correlation id of everything that follows.
			case Placed(Order order, String eventId) -> EventLog.within(eventId, order.id().toString(),
					() -> logger.info("order placed: orderId={} lines={} totalCents={}", order.id(),
							order.lines().size(), order.totalCents()));
			case PlacedBefore(UUID orderId, byte[] _) -> logger.info("order placed before: orderId={}", orderId);
			case UnknownSkus(List<String> skus) -> logger.info("order refused: reason=unknown-sku skus={}", skus);
			case KeyInFlight _ -> logger.info("order refused: reason=key-in-flight");
			case KeyOfAnotherRequest _ -> logger.info("order refused: reason=key-of-another-request");
		}
	}

}
