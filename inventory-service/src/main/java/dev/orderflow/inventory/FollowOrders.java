package dev.orderflow.inventory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.orderflow.inventory.Decision.Outcome;
import dev.orderflow.inventory.OrderChange.Cancelled;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.OrderChange.Shipped;
import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.outbox.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves the stock of placed orders, first come, first served, and publishes each
 * decision; releases that of cancelled orders and takes out that of shipped ones. A batch
 * is decided in memory under the row locks of its reservations and products, and written
 * with one statement per table.
 */
@Component
class FollowOrders {

	private static final Logger logger = LoggerFactory.getLogger(FollowOrders.class);

	private final Reservations reservations;

	private final Stock stock;

	private final Outbox outbox;

	private final Clock clock;

	FollowOrders(Reservations reservations, Stock stock, Outbox outbox, Clock clock) {
		this.reservations = reservations;
		this.stock = stock;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Runs in the inbox's transaction, which also marks the events as applied.
	 * @throws IllegalArgumentException if a change contradicts an earlier one of its
	 * order
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void follow(List<OrderChange> changes) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		Map<UUID, Reservation> stored = this.reservations
			.lock(changes.stream().map(OrderChange::orderId).distinct().toList());
		Ledger ledger = new Ledger(stored, this.stock.lock(skusOf(changes, stored.values())));
		List<Decision> decisions = new ArrayList<>();
		for (OrderChange change : changes) {
			switch (change) {
				case Placed placed -> ledger.place(placed).ifPresent(decisions::add);
				case Cancelled cancelled -> ledger.cancel(cancelled.orderId());
				case Shipped shipped -> ledger.ship(shipped);
			}
		}
		this.reservations.store(ledger.changedReservations(), stored.keySet(), now);
		this.stock.store(ledger.changedLevels());
		this.outbox.appendAll(decisions.stream().map((decision) -> StockEvents.decided(decision, now)).toList());
		decisions.stream().filter((decision) -> decision.outcome() != Outcome.RESERVED).forEach(FollowOrders::log);
	}

	private static void log(Decision rejected) {
		logger.info("order rejected: orderId={} reason={} skus={}", rejected.placed().orderId(), rejected.outcome(),
				rejected.lacking());
	}

	private static List<String> skusOf(List<OrderChange> changes, Collection<Reservation> stored) {
		return Stream.concat(changes.stream().map(OrderChange::lines), stored.stream().map(Reservation::lines))
			.flatMap(List::stream)
			.map(Line::sku)
			.distinct()
			.toList();
	}

}
