package dev.orderflow.setup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Waits for servers that are still starting, reports which and why, and gives up at a
 * bound.
 */
public final class Waiting {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration REPORT = Duration.ofSeconds(5);

	private final Duration bound;

	private final PrintWriter out;

	/** Waits that may each take as long as {@code bound}. */
	public Waiting(Duration bound, PrintWriter out) {
		this.bound = bound;
		this.out = out;
	}

	/**
	 * Waits until the probe returns true. An exception is the reason for not being ready
	 * yet, except {@link IllegalStateException}, which waiting cannot fix.
	 * @param advice what to do about a missing server, other than starting it
	 * @throws IllegalStateException at the bound, with the last reason
	 */
	public void until(String what, String advice, Callable<Boolean> probe) throws InterruptedException {
		long start = System.nanoTime();
		long reported = start;
		while (true) {
			String reason = reasonAgainst(probe);
			if (reason.isEmpty()) {
				return;
			}
			if (System.nanoTime() - start > this.bound.toNanos()) {
				throw new IllegalStateException("%s is not available after %d s: %s. Start it, or %s".formatted(what,
						this.bound.toSeconds(), reason, advice));
			}
			if (System.nanoTime() - reported > REPORT.toNanos()) {
				reported = System.nanoTime();
				this.out.println("  ... waiting for %s: %s".formatted(what, reason));
				this.out.flush();
			}
			Thread.sleep(POLL);
		}
	}

	private static String reasonAgainst(Callable<Boolean> probe) throws InterruptedException {
		try {
			return probe.call() ? "" : "no answer";
		}
		catch (IllegalStateException | InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
		}
	}

}
