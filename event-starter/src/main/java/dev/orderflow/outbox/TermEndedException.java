package dev.orderflow.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The relay must start again from its floor: the lock is in doubt, or a record was given
 * up for a reason that may pass, after which nothing later may be sent.
 */
final class TermEndedException extends Exception {

	TermEndedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
