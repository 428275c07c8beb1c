package dev.orderflow.analytics;

import java.util.Map;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.test.consumer.ConsumerContract;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goal: analytics fulfils the contract of every consumer. Its figures: orders, units and
 * revenue, and units by sku.
 */
class AnalyticsContractIT extends ConsumerContract {

	AnalyticsContractIT() {
		super("served_counted_order", "served_lost_order", "served_sales_by_hour", "served_product_sales_by_hour");
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, """
				select 'orders', sum(orders) from served_sales_by_hour
				union all
				select 'units', sum(units) from served_sales_by_hour
				union all
				select 'revenue', sum(revenue_cents) from served_sales_by_hour
				union all
				select sku, sum(units) from served_product_sales_by_hour group by sku""");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		int mugs = order.lines().getFirst().quantity();
		int lamps = order.lines().getLast().quantity();
		return Map.of("orders", 1L, "units", (long) mugs + lamps, "revenue", order.totalCents(), "SKU-MUG", (long) mugs,
				"SKU-LAMP", (long) lamps);
	}

}
