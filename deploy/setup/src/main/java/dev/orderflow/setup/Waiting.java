package dev.orderflow.setup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what is still starting, says for what and why, and gives up at a bound. */
public final class Waiting {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration REPORT = Duration.ofSeconds(5);

	private final Duration bound;

	private final PrintWriter out;

	/** Waits that may each take so long. */
	public Waiting(Duration bound, PrintWriter out) {
		this.bound = bound;
		this.out = out;
	}

	/**
	 * Waits until the probe says yes; what it throws is why not yet, apart from
	 * {@link IllegalStateException}, which waiting does not mend.
	 * @param advice what to do when it is not there, beside starting it
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
				throw new IllegalStateException("Expected %s within %d s, found: %s. Start it, or %s".formatted(what,
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
			return probe.call() ? "" : "it does not answer";
		}
		catch (IllegalStateException | InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
		}
	}

}
