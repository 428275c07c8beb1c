/** What order-service alone refuses, beside what every service does. */
@NullMarked
package dev.orderflow.orders.problem;

import org.jspecify.annotations.NullMarked;
