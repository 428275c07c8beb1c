package dev.orderflow.orders;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
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
 * Judges the status of orders: the first decision about an order's stock confirms or
 * rejects it and publishes the verdict; later ones change nothing and are only listed. A
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
	 * its event, so a decision about another one is a defect
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void judge(List<StockDecision> decisions) {
		Map<UUID, Status> status = lock(decisions);
		Map<UUID, Order> changed = change(decisions);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		List<Happening> happenings = new ArrayList<>();
		for (StockDecision decision : decisions) {
			Order order = changed.remove(decision.orderId());
			if (order == null) {
				happenings.add(new Happening.Received(decision.orderId(), decision.event(),
						"%s; ignored, because the order is already %s".formatted(decision.summary(),
								status.get(decision.orderId()))));
				continue;
			}
			status.put(order.id(), order.status());
			happenings.add(new Happening.Received(order.id(), decision.event(), decision.summary()));
			happenings.add(
					new Happening.Published(order.id(), OrderEvents.verdict(order, decision, now), decision.summary()));
			EventLog.within(decision.event().getId(), order.id().toString(), () -> logger
				.info("order judged: orderId={} status={} because={}", order.id(), order.status(), decision.summary()));
		}
		this.history.record(happenings);
	}

	private Map<UUID, Status> lock(List<StockDecision> decisions) {
		Map<UUID, Status> status = new HashMap<>(
				this.statuses.lock(decisions.stream().map(StockDecision::orderId).distinct().toList()));
		for (StockDecision decision : decisions) {
			if (!status.containsKey(decision.orderId())) {
				throw new IllegalArgumentException(
						"Order %s does not exist: expected a decision about a stored order, found %s"
							.formatted(decision.orderId(), decision.event().getType()));
			}
		}
		return status;
	}

	/** The orders that the first decision about them changed, by their ids. */
	private Map<UUID, Order> change(List<StockDecision> decisions) {
		SequencedMap<UUID, Status> verdicts = new LinkedHashMap<>();
		decisions.forEach((decision) -> verdicts.putIfAbsent(decision.orderId(), decision.verdict()));
		Collection<UUID> changed = this.statuses.decide(verdicts);
		return this.orders.findByIdIn(changed).stream().collect(Collectors.toMap(Order::id, Function.identity()));
	}

}
