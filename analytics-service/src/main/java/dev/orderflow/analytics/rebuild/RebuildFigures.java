package dev.orderflow.analytics.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.orderflow.analytics.FigureSet;
import dev.orderflow.analytics.FigureSets;
import dev.orderflow.analytics.FigureSets.State;
import dev.orderflow.analytics.Rebuild;
import dev.orderflow.analytics.Totals;
import dev.orderflow.inbox.RawBatch;
import dev.orderflow.outage.Contention;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rebuilds the figures from the topics into the empty set, while the other one serves.
 *
 * <p>
 * The set that is built is written by this process alone, with markers and offsets of its
 * own. Once it has read what was on the topics, it holds the service's consumers, reads
 * the rest, copies the hours that the topics no longer have, and lets the new set serve,
 * in one transaction: a read sees the old set or the new one. After a crash at any point
 * the next start goes on where this one stopped. An outage ends the process; start it
 * again.
 */
@Component
@Profile(Rebuild.PROFILE)
class RebuildFigures {

	private static final Logger logger = LoggerFactory.getLogger(RebuildFigures.class);

	private static final Duration READ_MAX = Duration.ofDays(1);

	/**
	 * How long the service's consumers may wait for the last events. Below their
	 * {@code idle_in_transaction_session_timeout} of 30 s.
	 */
	private static final Duration HOLD_MAX = Duration.ofSeconds(10);

	private static final int SWITCH_ATTEMPTS_MAX = 10;

	private static final Duration SWITCH_PAUSE = Duration.ofSeconds(2);

	private final FigureSets figureSets;

	private final FigureCopies copies;

	private final RebuildCounting counting;

	private final Consumer<RawBatch> inbox;

	private final OrderTopics topics;

	private final TransactionTemplate transaction;

	private final TransactionTemplate besideTheTransaction;

	RebuildFigures(FigureSets figureSets, FigureCopies copies, RebuildCounting counting, Consumer<RawBatch> inbox,
			OrderTopics topics, PlatformTransactionManager transactions) {
		this.figureSets = figureSets;
		this.copies = copies;
		this.counting = counting;
		this.inbox = inbox;
		this.topics = topics;
		this.transaction = new TransactionTemplate(transactions);
		this.besideTheTransaction = new TransactionTemplate(transactions);
		this.besideTheTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
	}

	/**
	 * Begins a rebuild, or goes on with the one that was begun, until its figures serve.
	 * @return what it did, or why not
	 */
	Outcome run() {
		Optional<Rebuild> begun = this.figureSets.in(State.BUILDING).map(FigureSets.Entry::asRebuild).or(this::begin);
		if (begun.isEmpty()) {
			return Outcome.refused(this.figureSets.in(State.STANDBY)
				.map((standby) -> "Set %s stands by: drop it before the next rebuild".formatted(standby.set()))
				.orElse("Another process began a rebuild at the same time: start again to help it"));
		}
		Rebuild rebuild = begun.get();
		this.counting.countFor(rebuild);
		logger.info("rebuild {} fills set {}, first hour {}", rebuild.number(), rebuild.set(),
				hourOf(rebuild.firstHour()));
		try (RetainedOrders orders = this.topics.open(rebuild.handler())) {
			if (!orders.readToEnd(this::count, READ_MAX)) {
				return Outcome.refused("Rebuild %d could not read the topics within %d h".formatted(rebuild.number(),
						READ_MAX.toHours()));
			}
			logger.info("rebuild {} has read the topics, and switches", rebuild.number());
			return switchTo(rebuild, orders);
		}
	}

	private Optional<Rebuild> begin() {
		this.figureSets.in(State.EMPTY).ifPresent((entry) -> this.copies.delete(entry.set()));
		try (RetainedOrders orders = this.topics.open("analytics-service.rebuild")) {
			return this.figureSets.begin(orders.firstWholeHour().orElse(null));
		}
	}

	private void count(List<ConsumerRecord<byte[], byte[]>> records) {
		this.inbox.accept(new RawBatch(records));
	}

	private Outcome switchTo(Rebuild rebuild, RetainedOrders orders) {
		Outcome outcome = trySwitch(rebuild, orders);
		for (int attempts = 1; !outcome.done() && attempts < SWITCH_ATTEMPTS_MAX; attempts++) {
			logger.info("{}", outcome.text());
			pause();
			outcome = trySwitch(rebuild, orders);
		}
		return outcome;
	}

	private Outcome trySwitch(Rebuild rebuild, RetainedOrders orders) {
		try {
			return this.transaction.execute((status) -> {
				Outcome outcome = switchInTransaction(rebuild, orders);
				if (!outcome.done()) {
					status.setRollbackOnly();
				}
				return outcome;
			});
		}
		catch (RuntimeException ex) {
			if (!Contention.causes(ex)) {
				throw ex;
			}
			return Outcome.refused("Rebuild %d could not hold the consumers: %s".formatted(rebuild.number(), ex));
		}
	}

	private Outcome switchInTransaction(Rebuild rebuild, RetainedOrders orders) {
		this.figureSets.hold();
		long heldNanos = System.nanoTime();
		FigureSet serving = this.figureSets.in(State.SERVING).map(FigureSets.Entry::set).orElseThrow();
		boolean atEnd = this.besideTheTransaction.execute((status) -> orders.readToEnd(this::count, HOLD_MAX));
		if (!atEnd) {
			return Outcome.refused("Rebuild %d could not read the last events within %d s".formatted(rebuild.number(),
					HOLD_MAX.toSeconds()));
		}
		this.copies.liftTheTimeLimit();
		this.copies.copyEarlier(serving, rebuild);
		Optional<String> difference = this.copies.difference(rebuild.set());
		if (difference.isPresent()) {
			return Outcome.refused("Rebuild %d lacks orders that set %s has: %s".formatted(rebuild.number(), serving,
					difference.get()));
		}
		Totals before = this.copies.totals(serving);
		Totals after = this.copies.totals(rebuild.set());
		this.figureSets.requireBuilding(rebuild);
		this.figureSets.serve(State.BUILDING);
		return Outcome.done("""
				Rebuild %d serves: set %s. Set %s stands by. The consumers were held for %d ms
				before  %s
				after   %s""".formatted(rebuild.number(), rebuild.set(), serving,
				Duration.ofNanos(System.nanoTime() - heldNanos).toMillis(), before, after));
	}

	private static void pause() {
		try {
			Thread.sleep(SWITCH_PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted between two tries to switch", ex);
		}
	}

	/** Lets the set that stands by serve again; the other one stands by. */
	Outcome revert() {
		return this.transaction.execute((status) -> {
			this.figureSets.hold();
			return this.figureSets.serve(State.STANDBY)
					? Outcome.done("Set %s serves again"
						.formatted(this.figureSets.in(State.SERVING).map(FigureSets.Entry::set).orElseThrow()))
					: Outcome.refused("No set stands by");
		});
	}

	/**
	 * Drops the set that stands by or is built. After a crash it is empty, and the next
	 * rebuild deletes what is left.
	 */
	Outcome drop() {
		return this.figureSets.drop()
			.map((set) -> this.copies.delete(set) ? Outcome.done("Set %s is empty".formatted(set))
					: Outcome.refused("Set %s was dropped, and another process fills it already".formatted(set)))
			.orElseGet(() -> Outcome.refused("No set stands by or is being built"));
	}

	/** Both sets. */
	Outcome status() {
		return Outcome.done(String.join(System.lineSeparator(),
				this.figureSets.all()
					.stream()
					.map((entry) -> "set %s  %-8s rebuild %d, first hour %s: %s".formatted(entry.set(), entry.state(),
							entry.rebuild(), hourOf(entry.firstHour()), this.copies.totals(entry.set())))
					.toList()));
	}

	private static String hourOf(@Nullable Instant firstHour) {
		return (firstHour != null) ? firstHour.toString() : "any";
	}

	/**
	 * How an operation ended.
	 *
	 * @param done false if it changed nothing
	 * @param text what it did, or why not
	 */
	record Outcome(boolean done, String text) {

		static Outcome done(String text) {
			return new Outcome(true, text);
		}

		static Outcome refused(String text) {
			return new Outcome(false, text);
		}

	}

}
