/** What can be ordered, and at which price. */
@NullMarked
package dev.orderflow.orders.catalogue;

import org.jspecify.annotations.NullMarked;
