package dev.orderflow.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.orderflow.audit.Cancellations;
import dev.orderflow.audit.OrderRhythm;
import dev.orderflow.audit.OrderTraffic;
import dev.orderflow.audit.Progress;
import dev.orderflow.audit.Reconciler;
import dev.orderflow.demo.Stack;
import org.apache.kafka.common.KafkaException;

/**
 * Orders and cancellations come steadily, and faults happen one after the other, each
 * followed by the wait for the system's recovery. In the end every order has an answer:
 * one whose answer was lost was sent again with its idempotency key. Then answers, topics
 * and databases are compared.
 */
public final class AuditRun {

	private static final double CANCELLED_SHARE = 0.15;

	private static final Duration RECOVERY_MAX = Duration.ofMinutes(5);

	/** How long an order is sent again; longer than any fault and its recovery. */
	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private static final Duration DRAIN_MAX = Duration.ofMinutes(10);

	private static final Duration REPORT = Duration.ofSeconds(5);

	private static final Duration POLL = Duration.ofMillis(500);

	private static final int ORDERS_MAX = 1_000_000;

	private final Stack stack;

	private final Reconciler reconciler;

	private final Recovery recovery;

	private final HostileRecords records;

	private final List<Fault> faults;

	private final long seed;

	private final OrderTraffic traffic;

	private final Cancellations cancellations;

	private final Consumer<String> lines;

	private final List<Outcome> outcomes = new ArrayList<>();

	private final Map<String, Long> lagMax = new LinkedHashMap<>();

	private final long startNanos = System.nanoTime();

	private volatile String now = "warming up";

	/**
	 * A run on a stack that is started and at rest. Nobody else may place orders.
	 * @param lines receives the lines of output
	 */
	public AuditRun(Stack stack, long seed, Consumer<String> lines) {
		this.stack = stack;
		this.seed = seed;
		this.lines = lines;
		this.reconciler = stack.reconciler();
		this.recovery = new Recovery(stack);
		this.records = new HostileRecords(stack);
		this.faults = faults(stack, this.records);
		this.cancellations = new Cancellations(CANCELLED_SHARE, seed);
		this.traffic = new OrderTraffic(stack.instance("order-service").uri(), seed, PATIENCE, this.cancellations);
	}

	private static List<Fault> faults(Stack stack, HostileRecords records) {
		return Stream.of(new ProcessFaults(stack).all(), new DatabaseFaults(stack).all(), records.all())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Fails if a stack, which need not be started, does not have such faults.
	 * @throws IllegalArgumentException names what was expected
	 */
	static void requireKnown(List<String> kinds, List<String> plan, Stack stack) {
		List<Fault> faults = faults(stack, new HostileRecords(stack));
		kinds.forEach((kind) -> FaultPlan.named(kind, faults));
		FaultPlan.of(plan, faults);
	}

	/**
	 * Injects random faults.
	 * @param kinds names of faults; all if empty
	 * @param duration after which no further fault begins
	 * @param faultsMax most faults
	 * @param perSecond orders a second
	 */
	public Verdict random(List<String> kinds, Duration duration, int faultsMax, double perSecond)
			throws InterruptedException {
		List<Fault> chosen = kinds.isEmpty() ? this.faults
				: kinds.stream().map((kind) -> FaultPlan.named(kind, this.faults)).toList();
		long endNanos = System.nanoTime() + duration.toNanos();
		Iterator<PlannedFault> plan = Stream.generate(FaultPlan.random(chosen, this.seed)::next)
			.limit(faultsMax)
			.takeWhile((fault) -> System.nanoTime() < endNanos)
			.iterator();
		return run(plan, perSecond);
	}

	/**
	 * Injects the faults of a plan.
	 * @param plan each {@code KIND:SUBJECT:SECONDS}
	 */
	public Verdict planned(List<String> plan, double perSecond) throws InterruptedException {
		return run(FaultPlan.of(plan, this.faults).iterator(), perSecond);
	}

	private Verdict run(Iterator<PlannedFault> plan, double perSecond) throws InterruptedException {
		Set<UUID> promised = new HashSet<>(this.reconciler.storedOrders());
		CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> place(perSecond));
		Thread reports = Thread.startVirtualThread(this::report);
		boolean drained;
		try {
			while (plan.hasNext()) {
				happen(plan.next());
			}
			this.now = "the last orders";
			this.traffic.end();
			drained = drain(placing);
			if (placing.isDone()) {
				// A failure of the customers themselves is none of the system.
				placing.join();
			}
		}
		finally {
			reports.interrupt();
			reports.join();
			this.recovery.close();
		}
		promised.addAll(this.traffic.accepted());
		return new Verdict(this.seed, this.traffic.accepted().size(), unanswered(), this.records.poison().size(),
				drained, List.copyOf(this.outcomes),
				this.reconciler.reconcile(Optional.of(promised), this.records.poison()));
	}

	private void place(double perSecond) {
		try {
			this.traffic.place(new OrderRhythm(perSecond, this.seed), ORDERS_MAX);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void happen(PlannedFault planned) throws InterruptedException {
		Thread.sleep(planned.pause());
		synchronized (this.lagMax) {
			this.lagMax.clear();
		}
		this.now = planned.toString();
		long start = System.nanoTime();
		Optional<Duration> recovered = Optional.empty();
		List<String> missing;
		try {
			Fault.Mend mend = planned.fault().inject(planned.subject(), new Random(this.seed + this.outcomes.size()));
			try {
				Thread.sleep(planned.hold());
			}
			finally {
				mend.run();
			}
			Duration lasted = Duration.ofNanos(System.nanoTime() - start);
			this.now = "recovery from " + planned;
			recovered = this.recovery.await(RECOVERY_MAX);
			tell(new Outcome(planned, lasted, recovered, this.recovery.missing(), lagMax()));
			return;
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			missing = List.of(ex.toString());
		}
		tell(new Outcome(planned, Duration.ofNanos(System.nanoTime() - start), recovered, missing, lagMax()));
	}

	private void tell(Outcome outcome) {
		this.outcomes.add(outcome);
		this.lines.accept("%3d  %s".formatted(this.outcomes.size(), outcome.line()));
	}

	private Map<String, Long> lagMax() {
		synchronized (this.lagMax) {
			return new LinkedHashMap<>(this.lagMax);
		}
	}

	private boolean drain(CompletableFuture<Void> placing) throws InterruptedException {
		long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
		while (System.nanoTime() < deadline) {
			if (placing.isDone() && this.reconciler.remaining() == 0) {
				return this.recovery.await(RECOVERY_MAX).isPresent();
			}
			Thread.sleep(POLL);
		}
		return false;
	}

	private Map<String, Long> unanswered() {
		Map<String, Long> unanswered = new TreeMap<>();
		add(unanswered, "order: ", this.traffic.refused());
		add(unanswered, "cancellation: ", this.cancellations.failed());
		return unanswered;
	}

	private static void add(Map<String, Long> to, String what, Map<String, AtomicLong> counts) {
		counts.forEach((reason, count) -> to.put(what + reason, count.get()));
	}

	/** A line every few seconds, until it is interrupted. */
	private void report() {
		try {
			while (true) {
				Thread.sleep(REPORT);
				Map<String, Long> lag = lagNow();
				this.lines.accept("     %6s s  %-52s accepted %6d  outbox %5s  lag %s".formatted(
						Progress.secondsSince(this.startNanos), this.now, this.traffic.accepted().size(), outboxNow(),
						lag.isEmpty() ? "unknown" : lag.values()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Map<String, Long> lagNow() throws InterruptedException {
		try {
			Map<String, Long> lag = this.recovery.lag();
			synchronized (this.lagMax) {
				lag.forEach((consumer, records) -> this.lagMax.merge(consumer, records, Math::max));
			}
			return lag;
		}
		catch (ExecutionException | TimeoutException | KafkaException ex) {
			return Map.of();
		}
	}

	private String outboxNow() {
		try {
			return Long.toString(this.recovery.outbox());
		}
		catch (SQLException ex) {
			return "?";
		}
	}

}
