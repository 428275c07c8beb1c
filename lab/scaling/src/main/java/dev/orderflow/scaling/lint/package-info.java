/**
 * Known traps in ScaledObjects. {@link dev.orderflow.scaling.lint.Trap} lists them,
 * {@link dev.orderflow.scaling.lint.Lint} finds them, given
 * {@link dev.orderflow.scaling.lint.Facts} about the scaled workloads.
 */
@NullMarked
package dev.orderflow.scaling.lint;

import org.jspecify.annotations.NullMarked;
