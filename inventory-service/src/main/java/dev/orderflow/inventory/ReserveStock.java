package dev.orderflow.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.inventory.Reservation.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves all lines of an order or none, first come, first served. A batch is decided in
 * memory under the row locks of its products and written with one statement per table.
 */
@Component
class ReserveStock {

	private static final Logger logger = LoggerFactory.getLogger(ReserveStock.class);

	private final Stock stock;

	ReserveStock(Stock stock) {
		this.stock = stock;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void reserve(List<ReservationRequest> requests) {
		Map<String, Long> available = this.stock.lockAvailable(skusOf(requests));
		List<Reservation> reservations = new ArrayList<>(requests.size());
		for (ReservationRequest request : requests) {
			Outcome outcome = decide(request, available);
			if (outcome == Outcome.RESERVED) {
				request.lines().forEach((line) -> available.merge(line.sku(), -(long) line.quantity(), Long::sum));
			}
			else {
				logger.info("order rejected: orderId={} reason={}", request.orderId(), outcome);
			}
			reservations.add(new Reservation(request, outcome));
		}
		this.stock.store(reservations);
	}

	private static Outcome decide(ReservationRequest request, Map<String, Long> available) {
		if (!request.lines().stream().allMatch((line) -> available.containsKey(line.sku()))) {
			return Outcome.UNKNOWN_SKU;
		}
		boolean enough = request.lines()
			.stream()
			.allMatch((line) -> available.getOrDefault(line.sku(), 0L) >= line.quantity());
		return enough ? Outcome.RESERVED : Outcome.OUT_OF_STOCK;
	}

	private static List<String> skusOf(List<ReservationRequest> requests) {
		return requests.stream()
			.flatMap((request) -> request.lines().stream())
			.map(ReservationRequest.Line::sku)
			.distinct()
			.toList();
	}

}
