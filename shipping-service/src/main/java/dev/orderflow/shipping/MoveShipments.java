package dev.orderflow.shipping;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.orderflow.outbox.Outbox;
import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.Shipments.State;
import dev.orderflow.shipping.carrier.Carrier.Booking;
import dev.orderflow.tracing.EventLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans, dispatches and cancels shipments, and publishes each change. A batch is decided
 * in memory under the row locks of its shipments. The result depends on the events alone,
 * not on their sequence, except that a shipment is either dispatched or cancelled,
 * whichever is stored first.
 */
@Component
class MoveShipments {

	private static final Logger logger = LoggerFactory.getLogger(MoveShipments.class);

	private final Shipments shipments;

	private final Outbox outbox;

	private final Clock clock;

	MoveShipments(Shipments shipments, Outbox outbox, Clock clock) {
		this.shipments = shipments;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Runs in the inbox's transaction, which also marks the events as applied.
	 * @param bookings the carrier's answers by the key of the booking, as
	 * {@link BookShipments} returned them
	 * @throws OptimisticLockingFailureException if another transaction has changed a
	 * shipment since: the batch must be prepared again
	 * @throws IllegalArgumentException if the carrier has cancelled what is to be
	 * dispatched, or a shipment is cancelled whose order is shipped
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void move(Collection<OrderNews> batch, Map<UUID, Optional<Booking>> bookings) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		Map<UUID, State> states = this.shipments.lock(batch.stream().map(OrderNews::orderId).toList());
		List<Change> changes = new ArrayList<>();
		for (OrderNews news : batch) {
			Change change = changeOf(news, news.among(states), bookings);
			if (change != null) {
				changes.add(change);
			}
		}
		this.shipments.store(changes, now);
		this.outbox.appendAll(changes.stream().flatMap((change) -> ShipmentEvents.of(change, now)).toList());
		changes.forEach(MoveShipments::log);
	}

	private static @Nullable Change changeOf(OrderNews news, State state, Map<UUID, Optional<Booking>> bookings) {
		if (news.shipped() && state.status() == Status.CANCELLED) {
			throw new IllegalArgumentException("Order %s is shipped: expected shipment %s to be dispatched, found %s"
				.formatted(news.orderId(), state.shipmentId(), state.status()));
		}
		if (state.status() == Status.DISPATCHED || state.status() == Status.CANCELLED) {
			return null;
		}
		if (news.unwantedBy() != null) {
			return new Change(news, state, Status.CANCELLED, null, null);
		}
		Plan plan = (news.placed() != null && state.status() != Status.PLANNED) ? Plan.of(news.placed()) : null;
		if (news.complete(state.status())) {
			return new Change(news, state, Status.DISPATCHED, plan, answerOf(news, state, bookings));
		}
		if (plan != null) {
			return new Change(news, state, Status.PLANNED, plan, null);
		}
		return (state.status() == null) ? new Change(news, state, Status.CONFIRMED, null, null) : null;
	}

	private static Booking answerOf(OrderNews news, State state, Map<UUID, Optional<Booking>> bookings) {
		Optional<Booking> answer = bookings.get(news.bookingKey());
		if (answer == null) {
			throw new OptimisticLockingFailureException(
					"Shipment %s became ready for the carrier after its batch was prepared"
						.formatted(state.shipmentId()));
		}
		return answer.orElseThrow(() -> new IllegalArgumentException(
				"The carrier refused to book shipment %s, whose booking was cancelled before: expected status CANCELLED, found %s"
					.formatted(state.shipmentId(), state.status())));
	}

	private static void log(Change change) {
		EventLog.within(change.causedBy(), change.orderId().toString(),
				() -> logger.info("shipment moved: orderId={} shipmentId={} from={} to={}", change.orderId(),
						change.shipmentId(), change.before().status(), change.after()));
	}

}
