package dev.orderflow.analytics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What an order adds to the figures, as placed or as lost.
 *
 * @param partition partition of its event; each partition has its own counters
 * @param placedAt when it was placed, whenever its event arrives
 * @param currency {@value #CURRENCY}; an order in another one is a defect
 * @param lines its products, each once
 */
record Sale(UUID orderId, int partition, Instant placedAt, String currency, List<Line> lines) {

	/** The currency of all figures: a sum of two currencies would be meaningless. */
	static final String CURRENCY = "EUR";

	Sale {
		if (!currency.equals(CURRENCY)) {
			throw new IllegalArgumentException("Order %s is in %s: expected %s".formatted(orderId, currency, CURRENCY));
		}
		lines = List.copyOf(lines);
	}

	/**
	 * Start of the hour, in UTC.
	 */
	Instant hour() {
		return this.placedAt.truncatedTo(ChronoUnit.HOURS);
	}

	Figures figures() {
		return Figures.of(this.lines.stream().mapToLong(Line::quantity).reduce(0, Math::addExact), revenueCents());
	}

	long revenueCents() {
		return this.lines.stream().mapToLong(Line::revenueCents).reduce(0, Math::addExact);
	}

	/** Units of one product, 1 or more, and the price of each. */
	record Line(String sku, int quantity, long unitPriceCents) {

		Figures figures() {
			return Figures.of(this.quantity, revenueCents());
		}

		private long revenueCents() {
			return Math.multiplyExact(this.quantity, this.unitPriceCents);
		}

	}

}
