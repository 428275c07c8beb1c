package dev.orderflow.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import dev.orderflow.audit.Cancellations;
import dev.orderflow.audit.OrderRhythm;
import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.demo.summary.Screen;
import dev.orderflow.demo.summary.SummaryReader;

/**
 * Places orders and shows their progress until it is closed. The number of orders is
 * limited, so that a forgotten demo does not fill the disk.
 */
final class LiveView implements AutoCloseable {

	/** The most orders that one view places. */
	static final int ORDERS_MAX = 100_000;

	/** The share of the orders that their customers cancel, in time or too late. */
	static final double CANCELLED_SHARE = 0.1;

	private static final long SEED = 7;

	private static final Duration STOP_MAX = Duration.ofSeconds(3);

	private final Stack stack;

	private final Screen screen;

	private final double rate;

	private final Cancellations cancellations = new Cancellations(CANCELLED_SHARE, SEED);

	private final OrderTraffic traffic;

	private final List<Thread> threads = new ArrayList<>();

	private boolean closed;

	/**
	 * A view that shows nothing yet.
	 * @param rate orders a second; 0 for none
	 */
	LiveView(Stack stack, Screen screen, double rate) {
		this.stack = stack;
		this.screen = screen;
		this.rate = rate;
		this.traffic = new OrderTraffic(stack.instance("order-service").uri(), SEED, Duration.ZERO, this.cancellations);
	}

	/** Starts both without waiting. */
	synchronized void open() {
		if (this.closed) {
			return;
		}
		if (this.rate > 0) {
			run("order-stream", () -> this.traffic.place(new OrderRhythm(this.rate, SEED), ORDERS_MAX));
		}
		run("live-view", this::show);
	}

	/** Ends both; an order that waits for its answer is abandoned. */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.screen.close();
		this.threads.forEach(Thread::interrupt);
		for (Thread thread : this.threads) {
			try {
				thread.join(STOP_MAX);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void show() throws InterruptedException {
		Map<String, URI> management = new LinkedHashMap<>();
		this.stack.topology()
			.services()
			.forEach((service) -> management.put(service.name(), this.stack.instance(service.name()).managementUri()));
		try (SummaryReader reader = new SummaryReader(this.stack.topology(), this.stack.databases(),
				this.stack.bootstrapServers(), management, Clock.systemDefaultZone())) {
			while (true) {
				long start = System.nanoTime();
				this.screen.show(reader.read(), notes());
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				Thread.sleep(this.screen.period().minus(took).isPositive() ? this.screen.period().minus(took)
						: Duration.ZERO);
			}
		}
	}

	private List<String> notes() {
		List<String> notes = new ArrayList<>();
		this.stack.ended()
			.forEach((process) -> notes.add("ENDED: %s%s, see %s".formatted(process.name(), status(process.status()),
					fromHere(process.log()))));
		if (!this.traffic.refused().isEmpty()) {
			notes.add("Not accepted: " + this.traffic.refused());
		}
		if (!this.cancellations.failed().isEmpty()) {
			notes.add("Not cancelled: " + this.cancellations.failed());
		}
		if (this.traffic.answered() >= ORDERS_MAX) {
			notes.add("Limit of %d orders reached: no more are placed".formatted(ORDERS_MAX));
		}
		return notes;
	}

	private static String status(OptionalInt status) {
		return status.isPresent() ? " with status " + status.getAsInt() : "";
	}

	/* Shorter to read if the demo was started in the project's directory. */
	private static Path fromHere(Path file) {
		Path here = Path.of("").toAbsolutePath();
		return file.startsWith(here) ? here.relativize(file) : file;
	}

	private void run(String name, Task task) {
		Runnable untilInterrupted = () -> {
			try {
				task.run();
			}
			catch (InterruptedException ex) {
				// An interrupt is the regular end.
				Thread.currentThread().interrupt();
			}
		};
		this.threads.add(Thread.ofPlatform().daemon().name(name).start(untilInterrupted));
	}

	@FunctionalInterface
	private interface Task {

		void run() throws InterruptedException;

	}

}
