package dev.orderflow.orders;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.outbox.Outbox;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places an order: prices its lines from the catalogue, stores it, and appends its event,
 * in one transaction. A crash before the commit leaves neither order nor event; after it,
 * both, even if the customer never saw the answer.
 */
@Service
class PlaceOrder {

	private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

	private final Catalogue catalogue;

	private final Orders orders;

	private final Outbox outbox;

	private final Clock clock;

	PlaceOrder(Catalogue catalogue, Orders orders, Outbox outbox, Clock clock) {
		this.catalogue = catalogue;
		this.orders = orders;
		this.outbox = outbox;
		this.clock = clock;
	}

	@Transactional
	Placement place(OrderRequest request) {
		Map<String, Product> products = this.catalogue.find(request.skus());
		List<String> unknown = request.skus().stream().filter((sku) -> !products.containsKey(sku)).toList();
		if (!unknown.isEmpty()) {
			return new UnknownSkus(unknown);
		}
		Order order = price(request, products);
		// Flushed first: whoever sees the event's row finds the order's row, locked.
		this.orders.saveAndFlush(order);
		this.outbox.append(OrderEvents.placed(order));
		return new Placed(order);
	}

	private Order price(OrderRequest request, Map<String, Product> products) {
		List<OrderLine> lines = request.lines()
			.stream()
			.map((line) -> Objects.requireNonNull(products.get(line.sku())).line(line.quantity()))
			.toList();
		// The catalogue has one currency; a constraint of its table says so.
		String currency = products.values().iterator().next().currency();
		return new Order(IDS.generate(), request.customerId(), lines, currency, request.shipTo(), this.clock.instant());
	}

	/** The answer to a valid request. */
	sealed interface Placement permits Placed, UnknownSkus {

	}

	/** Order and event are stored once the transaction has committed. */
	record Placed(Order order) implements Placement {

	}

	/** Nothing is stored: the catalogue has none of these. */
	record UnknownSkus(List<String> skus) implements Placement {

	}

}
