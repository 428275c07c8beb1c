package dev.orderflow.orders.http;

import java.time.Instant;
import java.util.UUID;

import dev.orderflow.orders.OrderPages;
import dev.orderflow.problem.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorTests {

	@ParameterizedTest
	@ValueSource(strings = { "1970-01-01T00:00:00Z", "2026-11-21T09:30:00.123456Z", "9999-12-31T23:59:59Z" })
	void readsWhatItHasWritten(Instant placedAt) {
		Cursor cursor = new Cursor(new OrderPages.Position(placedAt, UUID.randomUUID()));

		assertThat(Cursor.from(cursor.text())).isEqualTo(cursor);
	}

	@Test
	void needsNoEscapingInAnAddress() {
		assertThat(new Cursor(new OrderPages.Position(Instant.parse("2026-11-21T09:30:00Z"), new UUID(-1, -1))).text())
			.matches("[A-Za-z0-9_-]{32}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "A", "AAAA", "*", "________________________________",
			"f_f_f_f_f_f_f_f_f_f_f_f_f_f_f_f_" })
	void refusesWhatItHasNotWritten(String text) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> Cursor.from(text));
	}

}
