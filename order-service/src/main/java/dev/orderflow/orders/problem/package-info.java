/** Problems that only order-service reports, in addition to those of every service. */
@NullMarked
package dev.orderflow.orders.problem;

import org.jspecify.annotations.NullMarked;
