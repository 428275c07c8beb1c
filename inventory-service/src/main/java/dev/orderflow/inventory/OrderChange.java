package dev.orderflow.inventory;

import java.util.List;
import java.util.UUID;

import dev.orderflow.inventory.Reservation.Line;

/** What happened to an order, as far as its stock is concerned. */
sealed interface OrderChange {

	UUID orderId();

	/** The lines that it brings; a cancellation needs none, its reservation has them. */
	List<Line> lines();

	/**
	 * It needs stock: all of its lines or none.
	 *
	 * @param eventId id of the event that says so
	 */
	record Placed(UUID orderId, String eventId, List<Line> lines) implements OrderChange {

		public Placed {
			lines = List.copyOf(lines);
		}

	}

	/** It needs no stock any more. */
	record Cancelled(UUID orderId) implements OrderChange {

		@Override
		public List<Line> lines() {
			return List.of();
		}

	}

	/** Its units have left. */
	record Shipped(UUID orderId, List<Line> lines) implements OrderChange {

		public Shipped {
			lines = List.copyOf(lines);
		}

	}

}
