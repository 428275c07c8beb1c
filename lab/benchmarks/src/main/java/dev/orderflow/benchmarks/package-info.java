/** Speed as ratios between variants that are measured in turn in one run. */
@NullMarked
package dev.orderflow.benchmarks;

import org.jspecify.annotations.NullMarked;
