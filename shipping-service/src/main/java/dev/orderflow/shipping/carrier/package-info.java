/**
 * The carrier that takes the parcels. Read {@code Carrier} (what the business needs of
 * it), then {@code HttpCarrier} (how it is called).
 */
@NullMarked
package dev.orderflow.shipping.carrier;

import org.jspecify.annotations.NullMarked;
