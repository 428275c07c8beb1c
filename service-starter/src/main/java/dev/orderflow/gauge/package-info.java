/** Gauges of table contents, at a cost independent of the number of scrapes. */
@NullMarked
package dev.orderflow.gauge;

import org.jspecify.annotations.NullMarked;
