package dev.orderflow.operate;

import java.io.PrintWriter;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Repeats an action until it has reached the last letter, and reports progress. Each call
 * commits by itself: after an interruption, the same command does the rest.
 */
final class Batches {

	private static final long BATCH_MAX = 1000;

	private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

	private final Endpoint endpoint;

	private final String path;

	private final ObjectNode body;

	private final PrintWriter progress;

	Batches(Endpoint endpoint, String path, ObjectNode body, PrintWriter progress) {
		this.endpoint = endpoint;
		this.path = path;
		this.body = body;
		this.progress = progress;
	}

	/**
	 * Carries the action out.
	 * @param letters how many there are, for the progress
	 * @param perCall most letters of a call
	 * @param paced whether no more than {@code perCall} letters may change in a second
	 * @param confirmed whether each call names the number of letters that are left
	 * @return how many letters changed
	 */
	long run(long letters, int perCall, boolean paced, boolean confirmed) {
		long changed = 0;
		long startNanos = System.nanoTime();
		long reportedNanos = startNanos;
		this.body.put("limit", Math.min(perCall, BATCH_MAX));
		while (true) {
			if (confirmed) {
				this.body.put("confirm", letters - changed);
			}
			JsonNode answer = this.endpoint.post(this.path, this.body);
			changed += answer.path("letters").asLong();
			if (answer.path("cursor").isNull() || changed >= letters) {
				break;
			}
			this.body.put("after", answer.path("cursor").asLong());
			if (paced) {
				pause(startNanos, changed, perCall);
			}
			if (System.nanoTime() - reportedNanos > REPORT_INTERVAL.toNanos()) {
				reportedNanos = System.nanoTime();
				this.progress.printf("%d of %d letters%n", changed, letters);
				this.progress.flush();
			}
		}
		return changed;
	}

	/** Waits until so many letters are due, counted from the start. */
	private static void pause(long startNanos, long changed, int perSecond) {
		long dueNanos = startNanos + Math.multiplyExact(Duration.ofSeconds(1).toNanos(), changed) / perSecond;
		try {
			Thread.sleep(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RefusedException(1, "Interrupted: the same command does the rest");
		}
	}

}
