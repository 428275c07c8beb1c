/** Deletes expired rows without blocking other work. */
@NullMarked
package dev.orderflow.retention;

import org.jspecify.annotations.NullMarked;
