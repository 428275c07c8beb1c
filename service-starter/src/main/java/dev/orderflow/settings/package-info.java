/** What the settings of outbox and inbox share: bounds and pauses. */
@NullMarked
package dev.orderflow.settings;

import org.jspecify.annotations.NullMarked;
