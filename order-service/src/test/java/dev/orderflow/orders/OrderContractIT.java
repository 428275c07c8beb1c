package dev.orderflow.orders;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.StockRejected;
import dev.orderflow.test.consumer.ConsumerContract;

import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goal: order-service fulfils the contract of every consumer, as a reader of
 * {@code stock}. Its figures: events listed, by type. An order whose stock is rejected is
 * stored first; the poison names a product that cannot be listed.
 */
// As the other tests of the consumer, which share one context.
@Import(Api.class)
class OrderContractIT extends ConsumerContract {

	OrderContractIT() {
		super("order_event", "customer_order");
	}

	@Override
	protected EventType countedType() {
		return EventType.STOCK_REJECTED;
	}

	@Override
	protected Object dataOf(OrderPlaced order) {
		return new StockRejected(order.orderId(), RejectionReason.OUT_OF_STOCK,
				order.lines().stream().map(OrderPlaced.Line::sku).toList(), Clock.systemUTC().instant());
	}

	@Override
	protected void given(OrderPlaced order, JdbcClient jdbc) {
		jdbc.sql("""
				insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
				  ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
				values (:id, 'customer', 'PLACED', 100, 'EUR', 'n', 's', 'c', 'p', 'DE', now())""")
			.param("id", order.orderId())
			.update();
		jdbc.sql("""
				insert into order_line (order_id, line_number, sku, quantity, unit_price_cents)
				values (:id, 1, 'SKU-MUG', 1, 100)""").param("id", order.orderId()).update();
	}

	@Override
	protected long timesApplied(UUID orderId, JdbcClient jdbc) {
		return jdbc.sql("select count(*) from order_event where order_id = :id and type = :type")
			.param("id", orderId)
			.param("type", countedType().type())
			.query(Long.class)
			.single();
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, "select type, count(*) from order_event group by 1");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		return Map.of(EventType.STOCK_REJECTED.type(), 1L, EventType.ORDER_REJECTED.type(), 1L);
	}

}
