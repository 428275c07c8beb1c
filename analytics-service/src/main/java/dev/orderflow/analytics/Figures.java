package dev.orderflow.analytics;

/**
 * Figures of some orders.
 *
 * @param orders how many orders
 * @param units how many units they have
 * @param revenueCents what those cost, in minor units of the currency
 */
record Figures(long orders, long units, long revenueCents) {

	Figures plus(Figures others) {
		return new Figures(this.orders + others.orders, this.units + others.units,
				Math.addExact(this.revenueCents, others.revenueCents));
	}

}
