/** The clock and the scheduler of every service. */
@NullMarked
package dev.orderflow.time;

import org.jspecify.annotations.NullMarked;
