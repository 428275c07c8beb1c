/**
 * Load on a running system: {@code Load} is the command line, {@code Steady},
 * {@code FlashSale} and {@code Poison} are the scenarios. Read on in {@code OrderJourney}
 * (what a customer does), {@code Arrivals} (how many come) and {@code PoisonRecords}.
 */
@NullMarked
package dev.orderflow.load;

import org.jspecify.annotations.NullMarked;
