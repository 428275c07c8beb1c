package dev.orderflow.inventory;

/**
 * One product's stock, in units.
 *
 * @param available on hand and not reserved
 */
record StockLevel(String sku, long onHand, long reserved, long available) {
}
