package dev.orderflow.audit;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cancels a share of the orders over HTTP: one half at once, mostly in time, the other
 * half {@value #LATER_SECONDS} seconds later, mostly too late. Both answers are right; a
 * reconciliation judges what became of the orders. The same seed chooses the same ones.
 */
public final class Cancellations {

	private static final int LATER_SECONDS = 4;

	private static final int CALLERS = 4;

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong tooLate = new AtomicLong();

	private final Map<String, AtomicLong> failed = new ConcurrentHashMap<>();

	private final double share;

	private final Duration later;

	private final Random random;

	/**
	 * Cancellations of a share of the orders.
	 * @param share 0 to 1
	 */
	public Cancellations(double share, long seed) {
		this(share, seed, Duration.ofSeconds(LATER_SECONDS));
	}

	Cancellations(double share, long seed, Duration later) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("Share is out of range: expected 0 to 1, found " + share);
		}
		this.share = share;
		this.later = later;
		this.random = new Random(seed);
	}

	/** None. */
	public static Cancellations none() {
		return new Cancellations(0, 0);
	}

	/** The threads that cancel orders later; closing it waits for all of them. */
	static ScheduledExecutorService callers() {
		return Executors.newScheduledThreadPool(CALLERS);
	}

	/** Whether the next order is cancelled, and when. Not thread-safe. */
	Plan next() {
		double drawn = this.random.nextDouble();
		if (drawn >= this.share) {
			return Plan.NEVER;
		}
		return (drawn < this.share / 2) ? Plan.AT_ONCE : Plan.LATER;
	}

	/** Cancels an order as planned; one that is cancelled later is not waited for. */
	void run(Plan plan, UUID order, OrderSender sender, HttpClient http, ScheduledExecutorService callers) {
		switch (plan) {
			case NEVER -> {
				// The customer keeps it.
			}
			case AT_ONCE -> cancel(order, sender, http);
			case LATER ->
				callers.schedule(() -> cancel(order, sender, http), this.later.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void cancel(UUID order, OrderSender sender, HttpClient http) {
		try {
			OptionalInt status = sender.cancel(http, order);
			switch (status.orElse(0)) {
				case 202 -> this.accepted.incrementAndGet();
				case 409 -> this.tooLate.incrementAndGet();
				case 0 -> fail("no answer");
				default -> fail("status " + status.getAsInt());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			fail("interrupted");
		}
	}

	private void fail(String reason) {
		this.failed.computeIfAbsent(reason, (key) -> new AtomicLong()).incrementAndGet();
	}

	/**
	 * Number of requests to cancel that were accepted; some orders are shipped anyway.
	 */
	public long accepted() {
		return this.accepted.get();
	}

	/** Number of requests to cancel an order that was final already. */
	public long tooLate() {
		return this.tooLate.get();
	}

	/** Number of requests to cancel that had neither answer, by reason. */
	public Map<String, AtomicLong> failed() {
		return Collections.unmodifiableMap(this.failed);
	}

	/** When an order is cancelled. */
	enum Plan {

		NEVER, AT_ONCE, LATER

	}

}
