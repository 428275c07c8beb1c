package dev.orderflow.inventory;

/**
 * One product's stock, in units.
 *
 * @param available on hand and not reserved
 */
record StockLevel(String sku, long onHand, long reserved, long available) {

	StockLevel reserve(int units) {
		return new StockLevel(this.sku, this.onHand, this.reserved + units, this.available - units);
	}

	StockLevel release(int units) {
		return reserve(-units);
	}

	/** Reserved units leave. */
	StockLevel ship(int units) {
		return new StockLevel(this.sku, this.onHand - units, this.reserved - units, this.available);
	}

}
