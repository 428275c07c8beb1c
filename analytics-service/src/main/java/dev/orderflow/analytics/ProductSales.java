package dev.orderflow.analytics;

/**
 * Sales of one product.
 *
 * @param currency ISO 4217 code
 * @param gross all orders placed that have the product, with its units and what they cost
 * @param net without the orders rejected or cancelled
 */
record ProductSales(String sku, String currency, Figures gross, Figures net) {
}
