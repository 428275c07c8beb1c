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
		super("counted_order", "rejected_order", "sales_by_hour", "product_sales_by_hour");
	}

	@Override
	protected Map<String, Long> figures(JdbcClient jdbc) {
		return sums(jdbc, """
				select 'orders', sum(orders) from sales_by_hour
				union all
				select 'units', sum(units) from sales_by_hour
				union all
				select 'revenue', sum(revenue_cents) from sales_by_hour
				union all
				select sku, sum(units) from product_sales_by_hour group by sku""");
	}

	@Override
	protected Map<String, Long> figuresOf(OrderPlaced order) {
		int mugs = order.lines().getFirst().quantity();
		int lamps = order.lines().getLast().quantity();
		return Map.of("orders", 1L, "units", (long) mugs + lamps, "revenue", order.totalCents(), "SKU-MUG", (long) mugs,
				"SKU-LAMP", (long) lamps);
	}

}
