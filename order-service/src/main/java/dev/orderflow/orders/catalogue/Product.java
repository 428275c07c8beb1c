package dev.orderflow.orders.catalogue;

/**
 * A product that can be ordered.
 *
 * @param unitPriceCents price of one unit in minor units of the currency
 * @param currency ISO 4217 code
 */
public record Product(String sku, String name, long unitPriceCents, String currency) {
}
