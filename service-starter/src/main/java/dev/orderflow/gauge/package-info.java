/** Figures about tables as gauges, at a cost that no scrape can raise. */
@NullMarked
package dev.orderflow.gauge;

import org.jspecify.annotations.NullMarked;
