package dev.orderflow.analytics;

/**
 * Figures of orders placed and of those among them that were lost.
 *
 * @param gross all orders placed
 * @param lost those rejected or cancelled
 */
public record Totals(Figures gross, Figures lost) {

	static Totals placed(Figures figures) {
		return new Totals(figures, Figures.NONE);
	}

	static Totals lost(Figures figures) {
		return new Totals(Figures.NONE, figures);
	}

	Totals plus(Totals others) {
		return new Totals(this.gross.plus(others.gross), this.lost.plus(others.lost));
	}

	/**
	 * Placed minus lost; below zero while the rejection or cancellation of an order has
	 * arrived and its placement has not.
	 */
	Figures net() {
		return this.gross.minus(this.lost);
	}

	@Override
	public String toString() {
		return "placed %s; lost %s".formatted(this.gross, this.lost);
	}

}
