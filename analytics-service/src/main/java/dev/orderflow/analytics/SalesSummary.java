package dev.orderflow.analytics;

import java.time.Instant;

/**
 * Sales of a range of whole hours.
 *
 * @param from start of the first hour
 * @param to end of the last hour
 * @param currency ISO 4217 code
 * @param gross all orders placed
 * @param net without those rejected or cancelled
 */
record SalesSummary(Instant from, Instant to, String currency, Figures gross, Figures net) {
}
