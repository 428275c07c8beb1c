package dev.orderflow.demo.summary;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.function.ToLongFunction;

import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;

/** Queries the sources of one service. Not thread-safe. */
final class ServiceFigures implements AutoCloseable {

	private static final String ORDERS_OWNER = "order-service";

	private final Service service;

	private final DatabaseFigures database;

	private final Source<DatabaseFigures.Counts> counts;

	private final Source<Long> lag;

	private final Source<Work> work;

	private final AgeWindow ages = new AgeWindow();

	ServiceFigures(Service service, Database database, ConsumerLag lag, HttpClient http, URI management,
			Duration answerMax) {
		this.service = service;
		this.database = new DatabaseFigures(database, service.name().equals(ORDERS_OWNER), answerMax);
		this.counts = new Source<>(this.database::read);
		this.lag = new Source<>(() -> lag.of(service.name(), service.reads()));
		this.work = new Source<>(() -> Work.of(Scrape.of(http, management, answerMax)));
	}

	void ask(ExecutorService threads) {
		this.counts.ask(threads);
		if (isConsumer()) {
			this.lag.ask(threads);
			this.work.ask(threads);
		}
	}

	/**
	 * The answers that arrive before the deadline, on the clock of
	 * {@link System#nanoTime}.
	 */
	Answers answers(long deadline) throws InterruptedException {
		Optional<DatabaseFigures.Counts> rows = this.counts.answer(until(deadline));
		Optional<Long> behind = this.lag.answer(until(deadline));
		Optional<Work> done = this.work.answer(until(deadline));
		if (!isConsumer()) {
			return new Answers(rows, Optional.empty());
		}
		return new Answers(rows, Optional.of(new Summary.Consumer(this.service.name(), number(done, Work::processed),
				number(behind, Long::longValue), done.map((found) -> this.ages.add(System.nanoTime(), found.ages)),
				number(rows, DatabaseFigures.Counts::deadLetters))));
	}

	/** Whether its database stores the orders. */
	boolean ownsOrders() {
		return this.service.name().equals(ORDERS_OWNER);
	}

	@Override
	public void close() {
		this.database.close();
	}

	private boolean isConsumer() {
		return !this.service.consumes().isEmpty();
	}

	private static Duration until(long deadline) {
		return Duration.ofNanos(deadline - System.nanoTime());
	}

	private static <T> OptionalLong number(Optional<T> answer, ToLongFunction<T> figure) {
		return answer.stream().mapToLong(figure).findFirst();
	}

	/**
	 * What one service's sources answered.
	 *
	 * @param counts rows in its database
	 * @param consumer its figures, when it consumes
	 */
	record Answers(Optional<DatabaseFigures.Counts> counts, Optional<Summary.Consumer> consumer) {
	}

	private record Work(long processed, NavigableMap<Double, Double> ages) {

		static Work of(Scrape metrics) {
			return new Work((long) metrics.sum("inbox_events_total", "outcome=\"applied\""),
					metrics.histogram("inbox_event_age_seconds"));
		}

	}

}
