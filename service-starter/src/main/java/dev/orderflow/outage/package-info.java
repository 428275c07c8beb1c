/** Whether a failure means that nothing can be done now, for inbox and HTTP alike. */
@NullMarked
package dev.orderflow.outage;

import org.jspecify.annotations.NullMarked;
