/** Deletes what is past its time without being in anybody's way. */
@NullMarked
package dev.orderflow.retention;

import org.jspecify.annotations.NullMarked;
