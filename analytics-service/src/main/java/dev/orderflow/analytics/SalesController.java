package dev.orderflow.analytics;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The sales over HTTP. {@code from} is inclusive, {@code to} exclusive, and both are
 * widened to whole hours in UTC; the default is the last 24 hours, including the current
 * one.
 */
@RestController
@RequestMapping(path = "/sales", produces = MediaType.APPLICATION_JSON_VALUE)
class SalesController {

	private static final int LIMIT_MAX = 100;

	private static final String LIMIT = "a whole number from 1 to " + LIMIT_MAX;

	private final Sales sales;

	private final Clock clock;

	SalesController(Sales sales, Clock clock) {
		this.sales = sales;
		this.clock = clock;
	}

	@GetMapping("/summary")
	SalesSummary summary(@RequestParam @Nullable Instant from, @RequestParam @Nullable Instant to) {
		HourRange range = HourRange.of(from, to, this.clock.instant());
		Totals totals = this.sales.summary(range);
		return new SalesSummary(range.from(), range.to(), Sale.CURRENCY, totals.gross(), totals.net());
	}

	@GetMapping("/by-hour")
	List<HourSales> byHour(@RequestParam @Nullable Instant from, @RequestParam @Nullable Instant to) {
		return this.sales.byHour(HourRange.of(from, to, this.clock.instant()));
	}

	@GetMapping("/top-products")
	List<ProductSales> topProducts(@RequestParam @Nullable Instant from, @RequestParam @Nullable Instant to,
			@RequestParam(defaultValue = "10") @Range(min = 1, max = LIMIT_MAX, message = LIMIT) int limit) {
		return this.sales.topProducts(HourRange.of(from, to, this.clock.instant()), limit);
	}

}
