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
 * Something that can be asked for figures and may hang. An answer that comes too late
 * counts as none, then and later. While one question hangs no further one is asked. Not
 * for several threads.
 */
final class Source<T> {

	private final Callable<T> question;

	private @Nullable Future<T> answer;

	private boolean hangs;

	Source(Callable<T> question) {
		this.question = question;
	}

	/** Asks, and does not wait. */
	void ask(ExecutorService threads) {
		this.hangs = this.answer != null && !this.answer.isDone();
		if (!this.hangs) {
			this.answer = threads.submit(this.question);
		}
	}

	/**
	 * What was answered to the last question; empty when that failed or took too long.
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
