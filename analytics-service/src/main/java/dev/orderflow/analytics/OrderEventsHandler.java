package dev.orderflow.analytics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancellationRequested;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.OrderShipped;
import dev.orderflow.inbox.EventHandler;
import dev.orderflow.inbox.ReceivedEvent;

import org.springframework.stereotype.Component;

/** Where events about orders come in, and the only class that knows their contract. */
@Component
class OrderEventsHandler implements EventHandler<OrderEvent> {

	private final CountSales countSales;

	private final Counting counting;

	OrderEventsHandler(CountSales countSales, Counting counting) {
		this.countSales = countSales;
		this.counting = counting;
	}

	@Override
	public String name() {
		return this.counting.handler();
	}

	@Override
	public Map<String, Class<? extends OrderEvent>> types() {
		return EventType.typesOf(OrderEvent.class, EventType.ORDER_PLACED, EventType.ORDER_REJECTED,
				EventType.ORDER_CANCELLED);
	}

	@Override
	public int workOf(OrderEvent event) {
		return switch (event) {
			case OrderPlaced placed -> placed.lines().size();
			case OrderRejected rejected -> rejected.lines().size();
			case OrderCancelled cancelled -> cancelled.lines().size();
			default -> 1;
		};
	}

	/** Each event carries what the order adds, so that none waits for another. */
	@Override
	public void handle(List<ReceivedEvent<OrderEvent>> events) {
		List<Sale> placed = new ArrayList<>();
		List<Sale> lost = new ArrayList<>();
		for (ReceivedEvent<OrderEvent> event : events) {
			int partition = event.partition();
			switch (event.data()) {
				case OrderPlaced order ->
					placed.add(sale(order.orderId(), partition, order.placedAt(), order.currency(), order.lines()));
				case OrderRejected order ->
					lost.add(sale(order.orderId(), partition, order.placedAt(), order.currency(), order.lines()));
				case OrderCancelled order ->
					lost.add(sale(order.orderId(), partition, order.placedAt(), order.currency(), order.lines()));
				case OrderConfirmed _, OrderCancellationRequested _, OrderShipped _ -> {
				}
			}
		}
		this.countSales.count(this.counting.sets(), covered(placed), covered(lost));
	}

	private List<Sale> covered(List<Sale> sales) {
		return sales.stream().filter((sale) -> this.counting.covers(sale.hour())).toList();
	}

	private static Sale sale(UUID orderId, int partition, Instant placedAt, String currency,
			List<OrderPlaced.Line> lines) {
		return new Sale(orderId, partition, placedAt, currency,
				lines.stream()
					.map((line) -> new Sale.Line(line.sku(), line.quantity(), line.unitPriceCents()))
					.toList());
	}

}
