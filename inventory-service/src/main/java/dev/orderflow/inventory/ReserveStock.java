package dev.orderflow.inventory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.orderflow.inventory.Reservation.Outcome;
import dev.orderflow.outbox.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves all lines of an order or none, first come, first served, and publishes each
 * decision. A batch is decided in memory under the row locks of its products and written
 * with one statement per table.
 */
@Component
class ReserveStock {

	private static final Logger logger = LoggerFactory.getLogger(ReserveStock.class);

	private final Stock stock;

	private final Outbox outbox;

	private final Clock clock;

	ReserveStock(Stock stock, Outbox outbox, Clock clock) {
		this.stock = stock;
		this.outbox = outbox;
		this.clock = clock;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void reserve(List<ReservationRequest> requests) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		Map<String, Long> available = this.stock.lockAvailable(skusOf(requests));
		List<Reservation> reservations = new ArrayList<>(requests.size());
		for (ReservationRequest request : requests) {
			Reservation decided = decide(request, available);
			if (decided.outcome() == Outcome.RESERVED) {
				request.lines().forEach((line) -> available.merge(line.sku(), -(long) line.quantity(), Long::sum));
			}
			else {
				logger.info("order rejected: orderId={} reason={} skus={}", request.orderId(), decided.outcome(),
						decided.lacking());
			}
			reservations.add(decided);
		}
		this.stock.store(reservations, now);
		this.outbox.appendAll(reservations.stream().map((decided) -> StockEvents.decided(decided, now)).toList());
	}

	private static Reservation decide(ReservationRequest request, Map<String, Long> available) {
		List<String> unknown = skusOf(request, (line) -> !available.containsKey(line.sku()));
		if (!unknown.isEmpty()) {
			return new Reservation(request, Outcome.UNKNOWN_SKU, unknown);
		}
		List<String> lacking = skusOf(request, (line) -> available.getOrDefault(line.sku(), 0L) < line.quantity());
		return new Reservation(request, lacking.isEmpty() ? Outcome.RESERVED : Outcome.OUT_OF_STOCK, lacking);
	}

	private static List<String> skusOf(ReservationRequest request, Predicate<ReservationRequest.Line> lines) {
		return request.lines().stream().filter(lines).map(ReservationRequest.Line::sku).toList();
	}

	private static List<String> skusOf(List<ReservationRequest> requests) {
		return requests.stream()
			.flatMap((request) -> request.lines().stream())
			.map(ReservationRequest.Line::sku)
			.distinct()
			.toList();
	}

}
