package dev.orderflow.carrier;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The shipments that the carrier was called about, each at most once booked, however many
 * calls come at the same time. They are in memory: a restart forgets all of them, so that
 * a repeated call after it books again. At most {@value #KEYS_MAX} are kept, about 100
 * MB; none is dropped, because a dropped one could be booked twice.
 */
final class Bookings {

	/** The most shipments. */
	static final int KEYS_MAX = 500_000;

	private static final int RADIX = 36;

	/** As their texts are ordered; UUID compares signed numbers. */
	private static final Comparator<UUID> AS_TEXT = Comparator
		.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
		.thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

	private final NavigableMap<UUID, Booking> byShipment = new TreeMap<>(AS_TEXT);

	private final int keysMax;

	private final Instant startedAt;

	private int booked;

	Bookings(Clock clock) {
		this(clock, KEYS_MAX);
	}

	Bookings(Clock clock, int keysMax) {
		this.startedAt = clock.instant();
		this.keysMax = keysMax;
	}

	/** When the record began. */
	Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * Books a shipment that is neither booked nor cancelled, and counts the call.
	 * @return the booking; empty if there is no room for another shipment
	 */
	synchronized Optional<Booking> book(UUID shipmentId, Service service) {
		Booking before = this.byShipment.get(shipmentId);
		if (before != null) {
			return keep(before.bookedAgain());
		}
		return isFull() ? Optional.empty() : keep(Booking.of(shipmentId, nextTrackingNumber(), service));
	}

	/**
	 * Cancels a shipment for good, whether it is booked or not.
	 * @return the cancelled booking; empty if there is no room for another shipment
	 */
	synchronized Optional<Booking> cancel(UUID shipmentId) {
		Booking before = this.byShipment.get(shipmentId);
		if (before != null) {
			return keep(before.cancelled());
		}
		return isFull() ? Optional.empty() : keep(Booking.cancelledBefore(shipmentId));
	}

	synchronized Optional<Booking> find(UUID shipmentId) {
		return Optional.ofNullable(this.byShipment.get(shipmentId));
	}

	/**
	 * A page in the order of the ids.
	 * @param after the last id of the page before; null for the first page
	 */
	synchronized List<Booking> page(@Nullable UUID after, int limit) {
		return ((after != null) ? this.byShipment.tailMap(after, false) : this.byShipment).values()
			.stream()
			.limit(limit)
			.toList();
	}

	private boolean isFull() {
		return this.byShipment.size() >= this.keysMax;
	}

	private Optional<Booking> keep(Booking booking) {
		this.byShipment.put(booking.shipmentId(), booking);
		return Optional.of(booking);
	}

	/* The start is a part of it, so that no two runs give the same number. */
	private String nextTrackingNumber() {
		this.booked++;
		return "BP%s-%06d".formatted(Long.toString(this.startedAt.toEpochMilli(), RADIX).toUpperCase(Locale.ROOT),
				this.booked);
	}

}
