package dev.orderflow.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import dev.orderflow.inventory.Decision.Outcome;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.OrderChange.Shipped;
import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.inventory.Reservation.Status;

/**
 * The reservations and the stock that a batch concerns. Its changes are decided here, one
 * after the other, while the rows are locked, and stored together afterwards.
 *
 * <p>
 * The events of an order come in any sequence. The first of its placement, its
 * cancellation and its dispatch makes the reservation, and a later placement changes
 * nothing.
 */
final class Ledger {

	private final Map<UUID, Reservation> reservations;

	private final Map<String, StockLevel> levels;

	private final Map<UUID, Reservation> changedReservations = new TreeMap<>();

	private final Map<String, StockLevel> changedLevels = new TreeMap<>();

	/**
	 * The rows as they are stored.
	 * @param reservations by order, of those orders of the batch that have one
	 * @param levels by sku, of those products that are stocked
	 */
	Ledger(Map<UUID, Reservation> reservations, Map<String, StockLevel> levels) {
		this.reservations = new HashMap<>(reservations);
		this.levels = new HashMap<>(levels);
	}

	/**
	 * Reserves all lines of an order or none.
	 * @return the decision, or empty if the order was decided, cancelled or shipped
	 * before
	 */
	Optional<Decision> place(Placed placed) {
		if (this.reservations.containsKey(placed.orderId())) {
			return Optional.empty();
		}
		Decision decision = decide(placed);
		if (decision.outcome() == Outcome.RESERVED) {
			change(placed.lines(), StockLevel::reserve);
		}
		put(decision.reservation());
		return Optional.of(decision);
	}

	/**
	 * Makes the lines of an order available again.
	 * @throws IllegalArgumentException if they have left
	 */
	void cancel(UUID orderId) {
		Reservation reservation = this.reservations.get(orderId);
		if (reservation == null) {
			put(Reservation.cancelled(orderId));
			return;
		}
		switch (reservation.status()) {
			case RESERVED -> {
				change(reservation.lines(), StockLevel::release);
				put(reservation.with(Status.RELEASED));
			}
			case REJECTED -> put(Reservation.cancelled(orderId));
			case RELEASED, CANCELLED -> {
				// It is cancelled.
			}
			case SHIPPED -> throw new IllegalArgumentException(
					"Order %s cannot be cancelled: its reservation is SHIPPED".formatted(orderId));
		}
	}

	/**
	 * Takes the lines of an order from the stock; those of the event if the order was not
	 * placed yet.
	 * @throws IllegalArgumentException if nothing was reserved for it, or the stock lacks
	 * the units of an order that was not placed yet
	 */
	void ship(Shipped shipped) {
		Reservation reservation = this.reservations.get(shipped.orderId());
		if (reservation == null) {
			reservation = reserveUnplaced(shipped);
		}
		switch (reservation.status()) {
			case RESERVED -> {
				change(reservation.lines(), StockLevel::ship);
				put(reservation.with(Status.SHIPPED));
			}
			case SHIPPED -> {
				// Its lines have left.
			}
			case REJECTED, RELEASED,
					CANCELLED ->
				throw new IllegalArgumentException(
						"Order %s cannot be shipped: expected its reservation to be RESERVED, found it %s"
							.formatted(shipped.orderId(), reservation.status()));
		}
	}

	private Reservation reserveUnplaced(Shipped shipped) {
		List<String> lacking = skusOf(shipped.lines(), this::lacks);
		if (!lacking.isEmpty()) {
			throw new IllegalArgumentException(
					"Order %s, not placed yet, cannot be shipped: the stock lacks units of %s"
						.formatted(shipped.orderId(), lacking));
		}
		change(shipped.lines(), StockLevel::reserve);
		return Reservation.reserved(shipped.orderId(), shipped.lines());
	}

	private Decision decide(Placed placed) {
		List<String> unknown = skusOf(placed.lines(), (line) -> !this.levels.containsKey(line.sku()));
		if (!unknown.isEmpty()) {
			return new Decision(placed, Outcome.UNKNOWN_SKU, unknown);
		}
		List<String> lacking = skusOf(placed.lines(), this::lacks);
		return new Decision(placed, lacking.isEmpty() ? Outcome.RESERVED : Outcome.OUT_OF_STOCK, lacking);
	}

	private boolean lacks(Line line) {
		StockLevel level = this.levels.get(line.sku());
		return level == null || level.available() < line.quantity();
	}

	private static List<String> skusOf(List<Line> lines, Predicate<Line> which) {
		return lines.stream().filter(which).map(Line::sku).toList();
	}

	private void change(List<Line> lines, BiFunction<StockLevel, Integer, StockLevel> change) {
		for (Line line : lines) {
			this.changedLevels.put(line.sku(),
					this.levels.computeIfPresent(line.sku(), (sku, level) -> change.apply(level, line.quantity())));
		}
	}

	private void put(Reservation reservation) {
		this.reservations.put(reservation.orderId(), reservation);
		this.changedReservations.put(reservation.orderId(), reservation);
	}

	/** The reservations that are not stored as they are now. */
	Collection<Reservation> changedReservations() {
		return this.changedReservations.values();
	}

	/** The levels that are not stored as they are now. */
	Collection<StockLevel> changedLevels() {
		return this.changedLevels.values();
	}

}
