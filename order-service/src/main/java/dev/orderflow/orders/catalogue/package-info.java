/** The products that can be ordered, with their prices. */
@NullMarked
package dev.orderflow.orders.catalogue;

import org.jspecify.annotations.NullMarked;
