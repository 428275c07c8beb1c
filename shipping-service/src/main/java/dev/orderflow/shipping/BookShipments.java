package dev.orderflow.shipping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.Shipments.State;
import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.Carrier.Booking;
import dev.orderflow.shipping.carrier.Carrier.Offer;
import dev.orderflow.shipping.carrier.CarrierProperties;
import dev.orderflow.shipping.carrier.Consignment;

import org.springframework.stereotype.Component;

/**
 * Calls the carrier for a batch, before its transaction: books what will be dispatched,
 * with the cheapest offer, and cancels what attempts that were overtaken may have booked.
 *
 * <p>
 * A booking is made before {@link MoveShipments} decides, so one may be left over: when
 * its process died or froze, and another one cancelled the shipment. A shipment that is
 * stored as cancelled stays so, and order-service answers it with the event of the
 * cancelled order; this event cancels the booking, and the carrier refuses a later one.
 * Cancelling at the carrier any earlier could take the booking from a shipment that is
 * being dispatched.
 */
@Component
class BookShipments {

	private final Shipments shipments;

	private final Carrier carrier;

	private final Semaphore calls;

	BookShipments(Shipments shipments, Carrier carrier, CarrierProperties settings) {
		this.shipments = shipments;
		this.carrier = carrier;
		this.calls = new Semaphore(settings.concurrency());
	}

	/**
	 * Makes the calls, some at the same time. The first one that fails is thrown, and no
	 * further one begins; all of them are repeatable.
	 * @return the carrier's answers by the key of the booking; empty if it refuses to
	 * book what was cancelled before
	 */
	Map<UUID, Optional<Booking>> book(Collection<OrderNews> batch) {
		Map<UUID, Optional<Booking>> bookings = new ConcurrentHashMap<>();
		Map<UUID, State> states = this.shipments.states(batch.stream().map(OrderNews::orderId).toList());
		List<Runnable> calls = new ArrayList<>();
		for (Consignment consignment : complete(batch, states)) {
			calls.add(() -> bookings.put(consignment.shipmentId(), book(consignment)));
		}
		for (OrderNews news : batch) {
			State state = news.among(states);
			if (news.cancelled() && state.status() == Status.CANCELLED) {
				calls.add(() -> this.carrier.cancel(news.bookingKey()));
			}
		}
		callAll(calls);
		return bookings;
	}

	private List<Consignment> complete(Collection<OrderNews> batch, Map<UUID, State> states) {
		List<Consignment> complete = new ArrayList<>();
		List<UUID> planned = new ArrayList<>();
		for (OrderNews news : batch) {
			State state = news.among(states);
			if (!news.complete(state.status())) {
				continue;
			}
			if (state.status() == Status.PLANNED) {
				planned.add(state.shipmentId());
			}
			else {
				complete.add(Plan.of(Objects.requireNonNull(news.placed())).consignment(news.bookingKey()));
			}
		}
		complete.addAll(this.shipments.consignments(planned));
		return complete;
	}

	private Optional<Booking> book(Consignment consignment) {
		Offer cheapest = this.carrier.quote(consignment)
			.stream()
			.min(Comparator.comparing(Offer::priceCents))
			.orElseThrow(
					() -> new IllegalArgumentException("Expected an offer of the carrier for shipment %s, found none"
						.formatted(consignment.shipmentId())));
		return this.carrier.book(consignment, cheapest.service());
	}

	private void callAll(List<Runnable> calls) {
		AtomicBoolean failed = new AtomicBoolean();
		List<Callable<Void>> tasks = calls.stream().<Callable<Void>>map((call) -> () -> {
			callUnless(failed, call);
			return null;
		}).toList();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Void> result : threads.invokeAll(tasks)) {
				result.get();
			}
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException failure -> throw failure;
				case Error failure -> throw failure;
				case null, default -> throw new IllegalStateException("A call to the carrier failed", ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while calling the carrier", ex);
		}
	}

	private void callUnless(AtomicBoolean failed, Runnable call) throws InterruptedException {
		this.calls.acquire();
		try {
			if (!failed.get()) {
				call.run();
			}
		}
		catch (RuntimeException ex) {
			failed.set(true);
			throw ex;
		}
		finally {
			this.calls.release();
		}
	}

}
