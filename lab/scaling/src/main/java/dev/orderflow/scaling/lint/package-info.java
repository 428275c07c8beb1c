/**
 * Known traps in ScaledObjects. {@link dev.orderflow.scaling.lint.Trap} lists them,
 * {@link dev.orderflow.scaling.lint.Lint} finds them, with
 * {@link dev.orderflow.scaling.lint.Facts} about what is scaled.
 */
@NullMarked
package dev.orderflow.scaling.lint;

import org.jspecify.annotations.NullMarked;
