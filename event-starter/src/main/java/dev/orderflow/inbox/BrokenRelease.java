package dev.orderflow.inbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orderflow.consumption.Consumption;
import dev.orderflow.consumption.ConsumptionPausedException;
import dev.orderflow.consumption.Pause;

/**
 * Pauses the consumption when the release itself is broken: its statements do not fit the
 * database, or its handler fails on {@code failures-max} records without a success in
 * between. Records that do not parse or are too old do not count, because they say
 * nothing about the handler.
 *
 * <p>
 * Failures are counted in the memory of each replica: {@code failures-max} minus one
 * records of each may become dead letters before the pause, and a restart counts anew.
 */
final class BrokenRelease {

	private final Consumption consumption;

	private final String consumer;

	private final int failuresMax;

	private final AtomicInteger failuresInARow = new AtomicInteger();

	BrokenRelease(Consumption consumption, String consumer, int failuresMax) {
		this.consumption = consumption;
		this.consumer = consumer;
		this.failuresMax = failuresMax;
	}

	/**
	 * Returns if the consumption runs.
	 * @throws ConsumptionPausedException if it is paused
	 */
	void requireRunning() {
		this.consumption.requireRunning();
	}

	/** A slice was applied. One without an event proves nothing about the handler. */
	<E> void succeeded(List<Inbound<E>> slice) {
		if (slice.stream().anyMatch(Inbound.Event.class::isInstance)) {
			this.failuresInARow.set(0);
		}
	}

	/**
	 * The handler failed on a record after all its tries. Returns if the record may be
	 * set aside.
	 * @throws ConsumptionPausedException if it is one too many: the consumption is paused
	 */
	void failed(Throwable failure) {
		int failures = this.failuresInARow.incrementAndGet();
		if (failures >= this.failuresMax) {
			throw pause(
					"%d records failed one after the other, the last one with %s".formatted(failures, rootOf(failure)));
		}
	}

	/** Pauses the consumption for a failure that every record would meet. */
	ConsumptionPausedException pause(Throwable failure) {
		return pause("The release does not fit its database: " + rootOf(failure));
	}

	private ConsumptionPausedException pause(String reason) {
		Pause pause = this.consumption.pause(this.consumer, reason).pause();
		this.failuresInARow.set(0);
		return new ConsumptionPausedException(pause);
	}

	static Throwable rootOf(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
