package dev.orderflow.orders;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.orderflow.orders.Order.Status;
import dev.orderflow.orders.Trigger.CustomerCancels;
import dev.orderflow.orders.history.OrderHistory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cancels an order at its customer's request, as far as {@link Transition} allows: at
 * once before it is confirmed; afterwards shipping is asked, and the order is CANCELLING
 * until it answers. The status and its event are one transaction under the lock of the
 * order's row, so that the request takes place before or after a judgement, never within
 * one. It locks that row alone, so it cannot deadlock with a batch of judgements.
 */
@Service
public class CancelOrder {

	private final OrderStatuses statuses;

	private final Orders orders;

	private final OrderHistory history;

	private final Clock clock;

	CancelOrder(OrderStatuses statuses, Orders orders, OrderHistory history, Clock clock) {
		this.statuses = statuses;
		this.orders = orders;
		this.history = history;
		this.clock = clock;
	}

	/**
	 * Cancels, or asks shipping to. A repeated request changes nothing and gets the same
	 * kind of answer until the status is final.
	 */
	@Transactional
	public Cancellation cancel(UUID orderId) {
		Map<UUID, Status> locked = this.statuses.lock(List.of(orderId));
		Status status = locked.get(orderId);
		if (status == null) {
			return new Cancellation.NoSuchOrder();
		}
		if (status.isFinal()) {
			return new Cancellation.TooLate(status);
		}
		Trigger request = new CustomerCancels();
		Optional<Transition> transition = Transition.of(status, request);
		transition.ifPresent((change) -> this.statuses.change(locked, Map.of(orderId, change.to())));
		// Read after the change, which the persistence context does not see.
		Order order = this.orders.findById(orderId).orElseThrow();
		transition.ifPresent((change) -> this.history.publish(orderId,
				OrderEvents.reached(change.to(), order, request, null, this.clock.instant()), change.words(request)));
		return new Cancellation.Accepted(order);
	}

}
