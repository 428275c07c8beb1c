package dev.orderflow.stack;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells what happens and how long it took, one line a step, as soon as the step is done.
 */
final class Progress {

	private final Consumer<String> lines;

	Progress(Consumer<String> lines) {
		this.lines = lines;
	}

	void say(String line) {
		this.lines.accept(line);
	}

	/** Runs a step and says, with its result, that it is done and how long it took. */
	<T> T step(Function<T, String> done, Supplier<T> step) {
		long start = System.nanoTime();
		T result = step.get();
		say("%-58s %6s s".formatted(done.apply(result), secondsSince(start)));
		return result;
	}

	/** Runs a step and says that it is done and how long it took. */
	void step(String done, Runnable step) {
		step((result) -> result, () -> {
			step.run();
			return done;
		});
	}

	static String secondsSince(long startNanos) {
		return seconds(Duration.ofNanos(System.nanoTime() - startNanos));
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

}
