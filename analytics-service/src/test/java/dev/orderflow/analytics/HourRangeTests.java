package dev.orderflow.analytics;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tests' JVM runs in a time zone half an hour off, so that a missing zone conversion
 * fails.
 */
class HourRangeTests {

	private static final Instant NOW = Instant.parse("2026-11-21T09:40:10Z");

	@ParameterizedTest
	@CsvSource({ //
			",,                                         2026-11-20T10:00:00Z, 2026-11-21T10:00:00Z",
			"2026-11-21T08:00:00Z,,                     2026-11-21T08:00:00Z, 2026-11-21T10:00:00Z",
			",2026-11-20T09:00:00Z,                     2026-11-19T09:00:00Z, 2026-11-20T09:00:00Z",
			"2026-11-20T09:00:00Z,2026-11-20T10:00:00Z, 2026-11-20T09:00:00Z, 2026-11-20T10:00:00Z",
			"2026-11-20T09:59:59Z,2026-11-20T10:00:01Z, 2026-11-20T09:00:00Z, 2026-11-20T11:00:00Z",
			"2026-11-20T09:10:00Z,2026-11-20T09:20:00Z, 2026-11-20T09:00:00Z, 2026-11-20T10:00:00Z" })
	void widensToWholeHoursInUtc(@Nullable Instant from, @Nullable Instant to, Instant first, Instant last) {
		assertThat(HourRange.of(from, to, NOW)).isEqualTo(new HourRange(first, last));
	}

	@ParameterizedTest
	@CsvSource({ //
			"2026-11-21T10:00:00Z,2026-11-21T10:00:00Z,       from, before the end",
			"2026-11-22T10:00:00Z,,                           from, before the end",
			"2026-10-21T09:59:59Z,2026-11-21T10:00:00Z,       from, at most 31 days",
			"-1000000000-01-01T00:00:00Z,,                    from, 1970",
			",+1000000000-12-31T23:59:59.999999999Z,          to,   9999" })
	void namesTheFieldThatIsWrong(@Nullable Instant from, @Nullable Instant to, String field, String expected) {
		assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> HourRange.of(from, to, NOW))
			.satisfies((refused) -> assertThat(refused.getBody().getProperties().get("errors").toString())
				.contains("field=" + field, expected));
	}

	@Test
	void takesTheLongestRange() {
		HourRange month = HourRange.of(Instant.parse("2026-10-21T10:00:00Z"), Instant.parse("2026-11-21T10:00:00Z"),
				NOW);

		assertThat(month.hours()).isEqualTo(31 * 24);
	}

}
