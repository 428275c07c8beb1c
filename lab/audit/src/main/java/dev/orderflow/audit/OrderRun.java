package dev.orderflow.audit;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Places orders, waits until all are processed, and checks that everything adds up. It
 * waits as long as there is progress, and gives up after its patience without any; a
 * service may restart within that time.
 */
public final class OrderRun {

	private static final long SEED = 42;

	private static final Duration POLL = Duration.ofMillis(200);

	private static final Duration REPORT = Duration.ofSeconds(2);

	private final URI orderService;

	private final Reconciler reconciler;

	private final Duration patience;

	private final Consumer<String> lines;

	private final double cancelledShare;

	/** A run in which nobody cancels an order. */
	public OrderRun(URI orderService, Reconciler reconciler, Duration patience, Consumer<String> lines) {
		this(orderService, reconciler, patience, lines, 0);
	}

	/**
	 * A run in any environment. Nobody else may place orders meanwhile: those would count
	 * as stored but not accepted.
	 * @param orderService where orders are placed
	 * @param reconciler compares the databases and topics of the same environment
	 * @param patience how long to wait without progress
	 * @param lines receives the lines of output
	 * @param cancelledShare the share of the orders that customers cancel, 0 to 1
	 */
	public OrderRun(URI orderService, Reconciler reconciler, Duration patience, Consumer<String> lines,
			double cancelledShare) {
		this.cancelledShare = cancelledShare;
		this.patience = patience;
		this.orderService = orderService;
		this.reconciler = reconciler;
		this.lines = lines;
	}

	/** Returns the exit status: 0 if everything adds up. */
	public int run(int orders) throws InterruptedException {
		Cancellations cancellations = new Cancellations(this.cancelledShare, SEED);
		OrderTraffic traffic = new OrderTraffic(this.orderService, SEED, this.patience, cancellations);
		Set<UUID> promised = new HashSet<>(this.reconciler.storedOrders());
		if (!promised.isEmpty()) {
			this.lines.accept("%d orders exist from earlier starts".formatted(promised.size()));
		}
		long start = System.nanoTime();
		CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> traffic.place(orders));
		boolean placed = settle("orders to place",
				() -> placing.isDone() ? 0 : Math.max(1, orders - traffic.answered()));
		this.lines
			.accept("%d orders accepted in %s s%s".formatted(traffic.accepted().size(), Progress.secondsSince(start),
					traffic.refused().isEmpty() ? "" : ", not accepted: " + traffic.refused()));
		if (this.cancelledShare > 0) {
			this.lines.accept("%d cancellations accepted, %d too late%s".formatted(cancellations.accepted(),
					cancellations.tooLate(),
					cancellations.failed().isEmpty() ? "" : ", failed: " + cancellations.failed()));
		}
		boolean drained = placed && settle("unprocessed events", this.reconciler::remaining);
		this.lines.accept("%s after %s s".formatted(drained ? "All events processed" : "Gave up waiting",
				Progress.secondsSince(start)));
		promised.addAll(traffic.accepted());
		Reconciliation found = this.reconciler.reconcile(Optional.of(promised));
		this.lines.accept("");
		this.lines.accept(found.table());
		boolean complete = traffic.accepted().size() == orders && !placing.isCompletedExceptionally()
				&& cancellations.failed().isEmpty();
		this.lines.accept(verdict(found, complete && drained, orders));
		return (found.holds() && complete && drained) ? 0 : 1;
	}

	private static String verdict(Reconciliation found, boolean complete, int orders) {
		if (!found.holds()) {
			return "DOES NOT ADD UP: %d of %d checks failed".formatted(found.failures().size(), found.checks().size());
		}
		return complete ? "All adds up: %d orders, nothing lost, nothing duplicated".formatted(orders)
				: "The stored data adds up, but not all %d orders were accepted and processed".formatted(orders);
	}

	/** Waits until nothing is left; returns false after too long without progress. */
	private boolean settle(String what, LongSupplier left) throws InterruptedException {
		long last = Long.MAX_VALUE;
		long moved = System.nanoTime();
		long reported = moved;
		for (long now = left.getAsLong(); now > 0; now = left.getAsLong()) {
			if (now != last) {
				moved = System.nanoTime();
				last = now;
			}
			if (System.nanoTime() - moved > this.patience.toNanos()) {
				this.lines.accept("  %d %s, no progress for %d s".formatted(now, what, this.patience.toSeconds()));
				return false;
			}
			if (System.nanoTime() - reported > REPORT.toNanos()) {
				this.lines.accept("  %d %s".formatted(now, what));
				reported = System.nanoTime();
			}
			Thread.sleep(POLL);
		}
		return true;
	}

}
