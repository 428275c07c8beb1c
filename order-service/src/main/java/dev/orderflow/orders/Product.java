package dev.orderflow.orders;

/**
 * What can be ordered.
 *
 * @param unitPriceCents price of one unit in minor units of the currency
 * @param currency ISO 4217 code
 */
record Product(String sku, String name, long unitPriceCents, String currency) {

	OrderLine line(int quantity) {
		return new OrderLine(this.sku, quantity, this.unitPriceCents);
	}

}
