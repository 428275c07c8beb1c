package dev.orderflow.analytics;

import java.time.Instant;

/**
 * Sales of one hour.
 *
 * @param hour its start, in UTC
 * @param currency ISO 4217 code
 * @param gross all orders placed
 * @param net without those rejected or cancelled
 */
record HourSales(Instant hour, String currency, Figures gross, Figures net) {
}
