package dev.orderflow.orders;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.orderflow.orders.Order.Status;
import dev.orderflow.orders.history.Happening;
import dev.orderflow.orders.history.OrderHistory;
import dev.orderflow.tracing.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Judges the status of orders by what inventory and shipping report, in the sequence of
 * the reports: each {@link Transition} is published, everything else is only listed. A
 * batch takes one statement to lock its orders, one to change them, one to read the
 * changed ones, and one batch each for the outbox and the history.
 */
@Component
class JudgeOrders {

	private static final Logger logger = LoggerFactory.getLogger(JudgeOrders.class);

	private final OrderStatuses statuses;

	private final Orders orders;

	private final OrderHistory history;

	private final Clock clock;

	JudgeOrders(OrderStatuses statuses, Orders orders, OrderHistory history, Clock clock) {
		this.statuses = statuses;
		this.orders = orders;
		this.history = history;
		this.clock = clock;
	}

	/**
	 * Runs in the inbox's transaction, which also marks the events as applied.
	 * @throws IllegalArgumentException if there is no such order: it was committed before
	 * its event, so a report about another one is a defect
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void judge(List<Report> reports) {
		Map<UUID, Status> locked = lock(reports);
		List<Judgement> judgements = judge(reports, locked);
		Map<UUID, Order> changed = change(judgements, locked);
		List<Happening> happenings = new ArrayList<>();
		for (Judgement judgement : judgements) {
			Report report = judgement.report();
			happenings.add(new Happening.Received(report.orderId(), report.event(), judgement.words()));
			judgement.transition().ifPresent((transition) -> {
				Order order = Objects.requireNonNull(changed.get(report.orderId()));
				happenings.add(new Happening.Published(order.id(), OrderEvents.reached(transition.to(), order,
						report.trigger(), report.event().getId(), this.clock.instant()), judgement.words()));
			});
		}
		this.history.record(happenings);
		judgements.forEach(JudgeOrders::log);
	}

	private Map<UUID, Status> lock(List<Report> reports) {
		Map<UUID, Status> locked = this.statuses.lock(reports.stream().map(Report::orderId).distinct().toList());
		for (Report report : reports) {
			if (!locked.containsKey(report.orderId())) {
				throw new IllegalArgumentException("Order %s does not exist: expected a stored order, found %s"
					.formatted(report.orderId(), report.event().getType()));
			}
		}
		return locked;
	}

	/** Each report, judged by the status to which the earlier ones have led. */
	private static List<Judgement> judge(List<Report> reports, Map<UUID, Status> locked) {
		Map<UUID, Status> current = new HashMap<>(locked);
		return reports.stream().map((report) -> {
			Status status = Objects.requireNonNull(current.get(report.orderId()));
			Optional<Transition> transition = Transition.of(status, report.trigger());
			transition.ifPresent((change) -> current.put(report.orderId(), change.to()));
			return new Judgement(report, status, transition);
		}).toList();
	}

	/** The orders that are changed, as they are then, by their ids. */
	private Map<UUID, Order> change(List<Judgement> judgements, Map<UUID, Status> locked) {
		Map<UUID, Status> reached = new LinkedHashMap<>();
		judgements.forEach((judgement) -> judgement.transition()
			.ifPresent((transition) -> reached.put(judgement.report().orderId(), transition.to())));
		this.statuses.change(locked, reached);
		return this.orders.findByIdIn(reached.keySet())
			.stream()
			.collect(Collectors.toMap(Order::id, Function.identity()));
	}

	private static void log(Judgement judgement) {
		Report report = judgement.report();
		EventLog.within(report.event().getId(), report.orderId().toString(),
				() -> logger.info("order judged: orderId={} from={} to={} because={}", report.orderId(),
						judgement.status(), judgement.transition().map(Transition::to).orElse(judgement.status()),
						judgement.words()));
	}

	/**
	 * What a report leads to.
	 *
	 * @param status the order's status before it
	 * @param transition empty if the report changes nothing
	 */
	private record Judgement(Report report, Status status, Optional<Transition> transition) {

		String words() {
			return this.transition.map((change) -> change.words(this.report.trigger()))
				.orElseGet(() -> Transition.wordsWithoutChange(this.status, this.report.trigger()));
		}

	}

}
