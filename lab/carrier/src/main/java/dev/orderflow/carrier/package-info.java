/**
 * A simulated carrier, as shipping-service's counterpart in the lab. Read
 * {@link dev.orderflow.carrier.CarrierApi} for its interface and
 * {@link dev.orderflow.carrier.Bookings} for what it remembers.
 */
@NullMarked
package dev.orderflow.carrier;

import org.jspecify.annotations.NullMarked;
