package dev.orderflow.orders;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.orders.catalogue.Catalogue;
import dev.orderflow.orders.catalogue.Product;
import dev.orderflow.orders.history.OrderHistory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places an order: prices its lines from the catalogue, stores it, and publishes its
 * event, in one transaction. A crash before the commit leaves neither order nor event;
 * after it, both, even if the customer never saw the answer.
 */
@Service
public class PlaceOrder {

	private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

	private final Catalogue catalogue;

	private final Orders orders;

	private final OrderHistory history;

	private final Clock clock;

	PlaceOrder(Catalogue catalogue, Orders orders, OrderHistory history, Clock clock) {
		this.catalogue = catalogue;
		this.orders = orders;
		this.history = history;
		this.clock = clock;
	}

	@Transactional
	public Placement place(PlaceOrderCommand command) {
		Map<String, Product> products = this.catalogue.find(command.skus());
		List<String> unknown = command.skus().stream().filter((sku) -> !products.containsKey(sku)).toList();
		if (!unknown.isEmpty()) {
			return new Placement.UnknownSkus(unknown);
		}
		Order order = price(command, products);
		// Flush first: the order's row must exist, locked, before a row refers to it.
		this.orders.saveAndFlush(order);
		String eventId = this.history.publish(order.id(), OrderEvents.placed(order), summary(order));
		return new Placement.Placed(order, eventId);
	}

	private Order price(PlaceOrderCommand command, Map<String, Product> products) {
		List<OrderLine> lines = command.lines()
			.stream()
			.map((line) -> line.at(Objects.requireNonNull(products.get(line.sku())).unitPriceCents()))
			.toList();
		// The catalogue has one currency; a constraint of its table says so.
		String currency = products.values().iterator().next().currency();
		return new Order(IDS.generate(), command.customerId(), lines, currency, command.shipTo(), this.clock.instant());
	}

	private static String summary(Order order) {
		int lines = order.lines().size();
		return "%d %s, %d cents %s".formatted(lines, (lines == 1) ? "line" : "lines", order.totalCents(),
				order.currency());
	}

}
