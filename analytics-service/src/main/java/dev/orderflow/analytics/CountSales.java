package dev.orderflow.analytics;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.orderflow.analytics.Sales.HourKey;
import dev.orderflow.analytics.Sales.ProductKey;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts each order once as placed, and once as rejected if it was, both in the hour in
 * which it was placed. A batch is summed in memory and written with one statement per
 * table.
 */
@Component
class CountSales {

	private final Sales sales;

	CountSales(Sales sales) {
		this.sales = sales;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void count(List<Sale> placed, List<Sale> rejected) {
		Map<HourKey, Totals> byHour = new HashMap<>();
		Map<ProductKey, Totals> byProduct = new HashMap<>();
		sum(placed, Totals::placed, byHour, byProduct);
		sum(rejected, Totals::rejected, byHour, byProduct);
		this.sales.store(placed, rejected, byHour, byProduct);
	}

	private static void sum(List<Sale> sales, Function<Figures, Totals> as, Map<HourKey, Totals> byHour,
			Map<ProductKey, Totals> byProduct) {
		for (Sale sale : sales) {
			Instant hour = sale.hour();
			byHour.merge(new HourKey(hour, sale.partition()), as.apply(sale.figures()), Totals::plus);
			for (Sale.Line line : sale.lines()) {
				byProduct.merge(new ProductKey(hour, line.sku(), sale.partition()), as.apply(line.figures()),
						Totals::plus);
			}
		}
	}

}
