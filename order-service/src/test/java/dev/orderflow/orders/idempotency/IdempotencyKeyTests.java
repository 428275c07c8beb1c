package dev.orderflow.orders.idempotency;

import dev.orderflow.problem.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotencyKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { "k", "!", "~", "4f6c1c3e-2a0b-4d0e-9a38-0d3a0c2f7c11", "\"quoted\"", "YWJj+/ZGVm==" })
	void takesVisibleAscii(String value) {
		assertThat(new IdempotencyKey(value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a,b", "\u00e4", "a\u0000", "a\u007f", "a\n", "\ud83d\ude00" })
	void refusesAnythingElse(String value) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> new IdempotencyKey(value));
	}

	@Test
	void hasUpTo128Characters() {
		assertThat(new IdempotencyKey("k".repeat(128)).value()).hasSize(128);
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> new IdempotencyKey("k".repeat(129)));
	}

}
