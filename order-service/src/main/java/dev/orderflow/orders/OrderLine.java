package dev.orderflow.orders;

import jakarta.persistence.Embeddable;

/**
 * One product of an order, at the price of the moment of placing.
 *
 * @param quantity units, 1 to {@value #QUANTITY_MAX}
 * @param unitPriceCents price of one unit in minor units of the order's currency, 0 to
 * {@value #UNIT_PRICE_CENTS_MAX}, so that the largest order stays within the bound of its
 * event
 */
@Embeddable
public record OrderLine(String sku, int quantity, long unitPriceCents) {

	/** Most units of one line. */
	public static final int QUANTITY_MAX = 1000;

	/** Highest price of one unit; the catalogue's table has the same bound. */
	static final long UNIT_PRICE_CENTS_MAX = 10_000_000;

	public OrderLine {
		if (quantity < 1 || quantity > QUANTITY_MAX) {
			throw new IllegalArgumentException("quantity of %s is out of range: expected 1 to %d, found %d"
				.formatted(sku, QUANTITY_MAX, quantity));
		}
		if (unitPriceCents < 0 || unitPriceCents > UNIT_PRICE_CENTS_MAX) {
			throw new IllegalArgumentException("unitPriceCents of %s is out of range: expected 0 to %d, found %d"
				.formatted(sku, UNIT_PRICE_CENTS_MAX, unitPriceCents));
		}
	}

	long totalCents() {
		return Math.multiplyExact(this.quantity, this.unitPriceCents);
	}

}
