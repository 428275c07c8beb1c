package dev.orderflow.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The relay must start a new term: its lock is in doubt, or the producer failed to send a
 * record for a transient reason, after which no later record may be sent.
 */
final class TermEndedException extends Exception {

	TermEndedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
