package dev.orderflow.analytics;

import java.math.BigInteger;

/**
 * Figures of a set of orders.
 *
 * @param orders how many orders
 * @param units how many units they have
 * @param revenueCents their price, in minor units of the currency; exact for any number
 * of orders
 */
public record Figures(long orders, long units, BigInteger revenueCents) {

	/** Of no order. */
	public static final Figures NONE = new Figures(0, 0, BigInteger.ZERO);

	static Figures of(long units, long revenueCents) {
		return new Figures(1, units, BigInteger.valueOf(revenueCents));
	}

	Figures plus(Figures others) {
		return new Figures(Math.addExact(this.orders, others.orders), Math.addExact(this.units, others.units),
				this.revenueCents.add(others.revenueCents));
	}

	Figures minus(Figures others) {
		return new Figures(Math.subtractExact(this.orders, others.orders), Math.subtractExact(this.units, others.units),
				this.revenueCents.subtract(others.revenueCents));
	}

	@Override
	public String toString() {
		return "%d orders, %d units, %s cents".formatted(this.orders, this.units, this.revenueCents);
	}

}
