package dev.orderflow.shipping;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When parcels are picked up: Monday to Friday at 16:00 UTC, for orders placed before
 * 14:00 UTC. Holidays are ignored.
 */
final class Pickup {

	private static final LocalTime CUT_OFF = LocalTime.of(14, 0);

	private static final LocalTime PICKUP = LocalTime.of(16, 0);

	private Pickup() {
	}

	/** The first pickup whose cut-off is after the order. */
	static Instant after(Instant placedAt) {
		OffsetDateTime placed = placedAt.atOffset(ZoneOffset.UTC);
		OffsetDateTime day = placed.truncatedTo(ChronoUnit.DAYS);
		if (!placed.toLocalTime().isBefore(CUT_OFF)) {
			day = day.plusDays(1);
		}
		while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
			day = day.plusDays(1);
		}
		return day.with(PICKUP).toInstant();
	}

}
