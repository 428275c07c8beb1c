/** The smallest service with an inbox and an outbox, which the starter's tests run. */
@NullMarked
package dev.orderflow.testservice;

import org.jspecify.annotations.NullMarked;
