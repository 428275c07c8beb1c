package dev.orderflow.analytics;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orderflow.analytics.Sales.HourKey;
import dev.orderflow.analytics.Sales.ProductKey;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts each order once, in the hour in which it was placed. A batch is summed in memory
 * and written with one statement per table.
 */
@Component
class CountSales {

	private final Sales sales;

	CountSales(Sales sales) {
		this.sales = sales;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void count(List<Sale> batch) {
		Map<HourKey, Figures> byHour = new HashMap<>();
		Map<ProductKey, Figures> byProduct = new HashMap<>();
		for (Sale sale : batch) {
			Instant hour = sale.hour();
			byHour.merge(new HourKey(hour, sale.partition()), sale.figures(), Figures::plus);
			for (Sale.Line line : sale.lines()) {
				byProduct.merge(new ProductKey(hour, line.sku(), sale.partition()), line.figures(), Figures::plus);
			}
		}
		this.sales.store(batch, byHour, byProduct);
	}

}
