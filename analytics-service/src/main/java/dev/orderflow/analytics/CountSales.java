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
 * Counts each order once as placed, and once as lost if it was rejected or cancelled,
 * both in the hour in which it was placed. A set of figures counts an order only if it
 * has not counted it yet, whichever event says so. A batch is summed in memory and
 * written with one statement per table and set.
 */
@Component
class CountSales {

	private final Sales sales;

	CountSales(Sales sales) {
		this.sales = sales;
	}

	/** Runs in the inbox's transaction, which also marks the events as applied. */
	@Transactional(propagation = Propagation.MANDATORY)
	void count(List<FigureSet> sets, List<Sale> placed, List<Sale> lost) {
		for (FigureSet set : sets) {
			Map<HourKey, Totals> byHour = new HashMap<>();
			Map<ProductKey, Totals> byProduct = new HashMap<>();
			sum(this.sales.insertPlaced(set, placed), Totals::placed, byHour, byProduct);
			sum(this.sales.insertLost(set, lost), Totals::lost, byHour, byProduct);
			this.sales.add(set, byHour, byProduct);
		}
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
