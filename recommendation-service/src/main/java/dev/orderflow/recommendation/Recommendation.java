package dev.orderflow.recommendation;

/**
 * A product that was bought together with another one.
 *
 * @param boughtTogether orders that have both
 */
record Recommendation(String sku, long boughtTogether) {
}
