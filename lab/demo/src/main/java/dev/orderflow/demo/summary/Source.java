package dev.orderflow.demo.summary;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A source of figures that may hang. A late answer is discarded for good. While one
 * question hangs, no other is asked. Not thread-safe.
 */
final class Source<T> {

	private final Callable<T> question;

	private @Nullable Future<T> answer;

	private boolean hangs;

	Source(Callable<T> question) {
		this.question = question;
	}

	/** Asks without waiting. */
	void ask(ExecutorService threads) {
		this.hangs = this.answer != null && !this.answer.isDone();
		if (!this.hangs) {
			this.answer = threads.submit(this.question);
		}
	}

	/**
	 * The answer to the last question; empty if it failed or took too long.
	 */
	Optional<T> answer(Duration bound) throws InterruptedException {
		if (this.answer == null || this.hangs) {
			return Optional.empty();
		}
		try {
			return Optional.of(this.answer.get(Math.max(0, bound.toMillis()), TimeUnit.MILLISECONDS));
		}
		catch (ExecutionException | TimeoutException ex) {
			return Optional.empty();
		}
	}

}
