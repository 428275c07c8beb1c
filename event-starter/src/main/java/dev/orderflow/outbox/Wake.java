package dev.orderflow.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay of this process when there are rows to read; signals merge. */
final class Wake {

	private final Semaphore pending = new Semaphore(0);

	void signal() {
		if (this.pending.availablePermits() == 0) {
			this.pending.release();
		}
	}

	/** Returns at the next signal, or after the time-out, whichever comes first. */
	void await(Duration timeout) throws InterruptedException {
		if (this.pending.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
			this.pending.drainPermits();
		}
	}

}
