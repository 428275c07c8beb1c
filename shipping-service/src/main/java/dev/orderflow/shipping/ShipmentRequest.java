package dev.orderflow.shipping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.orderflow.shipping.carrier.Address;

/**
 * The part of a placed order that shipping needs.
 *
 * @param eventId id of the event of its placement
 * @param placedAt when it was placed, whenever its event arrives
 * @param lines its products, each once
 */
record ShipmentRequest(UUID orderId, String eventId, Instant placedAt, Address shipTo, List<Line> lines) {

	/** Longest sku; an entry of an index could hold about four times as much. */
	static final int SKU_LENGTH_MAX = 200;

	/**
	 * Refuses what the database could not store, before anything is booked for it.
	 */
	ShipmentRequest {
		lines = List.copyOf(lines);
		Stream<String> address = Stream.of(shipTo.name(), shipTo.street(), shipTo.city(), shipTo.postalCode(),
				shipTo.country());
		if (!Stream.concat(address, lines.stream().map(Line::sku)).allMatch(ShipmentRequest::canBeStored)) {
			throw new IllegalArgumentException(
					"Expected texts without NUL and without halves of surrogate pairs in order " + orderId);
		}
		if (lines.stream().anyMatch((line) -> line.sku().length() > SKU_LENGTH_MAX)) {
			throw new IllegalArgumentException(
					"Expected skus of at most %d characters in order %s".formatted(SKU_LENGTH_MAX, orderId));
		}
	}

	private static boolean canBeStored(String text) {
		return text.codePoints().allMatch((point) -> point != 0 && Character.getType(point) != Character.SURROGATE);
	}

	/** Units of one product, 1 or more. */
	record Line(String sku, int quantity) {
	}

}
