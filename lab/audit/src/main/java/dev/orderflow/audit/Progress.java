package dev.orderflow.audit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reports each step and its duration in one line, as soon as the step is done.
 */
public final class Progress {

	private static final int WAITING_SECONDS = 5;

	private final Consumer<String> lines;

	/** Passes each line on. */
	public Progress(Consumer<String> lines) {
		this.lines = lines;
	}

	/** Reports a line. */
	public void say(String line) {
		this.lines.accept(line);
	}

	/**
	 * Runs a step that may take long, and reports the wait every
	 * {@value #WAITING_SECONDS} seconds.
	 */
	public void await(String what, Runnable step) {
		long start = System.nanoTime();
		Thread ticker = Thread.startVirtualThread(() -> {
			try {
				while (true) {
					Thread.sleep(Duration.ofSeconds(WAITING_SECONDS));
					say("  ... waiting for %s, %s s so far".formatted(what, secondsSince(start)));
				}
			}
			catch (InterruptedException ex) {
				// The step is done.
				Thread.currentThread().interrupt();
			}
		});
		try {
			step(what, step);
		}
		finally {
			ticker.interrupt();
		}
	}

	/** Runs a step and reports its result and duration. */
	public <T> T step(Function<T, String> done, Supplier<T> step) {
		long start = System.nanoTime();
		T result = step.get();
		say("%-58s %6s s".formatted(done.apply(result), secondsSince(start)));
		return result;
	}

	/** Runs a step and reports its duration. */
	public void step(String done, Runnable step) {
		step((result) -> result, () -> {
			step.run();
			return done;
		});
	}

	/** Seconds since a moment, with a tenth. */
	public static String secondsSince(long startNanos) {
		return seconds(Duration.ofNanos(System.nanoTime() - startNanos));
	}

	/** Seconds with a tenth. */
	public static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

}
