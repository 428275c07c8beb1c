package dev.orderflow.analytics;

/**
 * Figures of orders placed and of those among them that were rejected.
 *
 * @param gross all orders placed
 * @param lost those rejected
 */
record Totals(Figures gross, Figures lost) {

	static Totals placed(Figures figures) {
		return new Totals(figures, Figures.NONE);
	}

	static Totals rejected(Figures figures) {
		return new Totals(Figures.NONE, figures);
	}

	Totals plus(Totals others) {
		return new Totals(this.gross.plus(others.gross), this.lost.plus(others.lost));
	}

	/**
	 * Placed minus rejected; below zero while the rejection of an order has arrived and
	 * its placement has not.
	 */
	Figures net() {
		return this.gross.minus(this.lost);
	}

}
