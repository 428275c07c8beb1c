/** Whether a failure is an outage, for inbox and HTTP alike. */
@NullMarked
package dev.orderflow.outage;

import org.jspecify.annotations.NullMarked;
