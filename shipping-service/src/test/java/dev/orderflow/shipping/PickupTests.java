package dev.orderflow.shipping;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests' JVM runs in a time zone ahead of UTC, so that a missing zone conversion
 * fails.
 */
class PickupTests {

	/* 2026-11-20 is a Friday. */
	@ParameterizedTest
	@CsvSource({ //
			"2026-11-19T00:00:00Z,      2026-11-19T16:00:00Z", //
			"2026-11-19T13:59:59.999Z,  2026-11-19T16:00:00Z", //
			"2026-11-19T14:00:00Z,      2026-11-20T16:00:00Z", //
			"2026-11-19T23:59:59Z,      2026-11-20T16:00:00Z", //
			"2026-11-20T13:00:00Z,      2026-11-20T16:00:00Z", //
			"2026-11-20T14:00:00Z,      2026-11-23T16:00:00Z", //
			"2026-11-21T09:00:00Z,      2026-11-23T16:00:00Z", //
			"2026-11-22T20:00:00Z,      2026-11-23T16:00:00Z", //
			"2026-12-31T15:00:00Z,      2027-01-01T16:00:00Z" })
	void isTheFirstWorkingDayWhoseCutOffIsAfterTheOrder(Instant placedAt, Instant pickup) {
		assertThat(Pickup.after(placedAt)).isEqualTo(pickup);
	}

}
