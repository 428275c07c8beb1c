package dev.orderflow.orders;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.orderflow.events.OrderPlaced;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OrderTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

	@Test
	void startsAsPlaced() {
		assertThat(anOrderOf(new OrderLine("SKU-MUG", 1, 890)).status()).isEqualTo(Order.Status.PLACED);
	}

	@Test
	void totalIsTheSumOfItsLines() {
		Order order = anOrderOf(new OrderLine("SKU-KETTLE", 2, 4990), new OrderLine("SKU-MUG", 4, 890));

		assertThat(order.totalCents()).isEqualTo(13_540);
	}

	@Test
	void keepsTheTimeToTheMicrosecond() {
		assertThat(anOrderOf(new OrderLine("SKU-MUG", 1, 890)).placedAt())
			.isEqualTo(Instant.parse("2026-11-21T12:00:00.123456Z"));
	}

	@Test
	void isNewUntilStored() {
		Order order = anOrderOf(new OrderLine("SKU-MUG", 1, 890));
		assertThat(order.isNew()).isTrue();

		order.markStored();

		assertThat(order.isNew()).isFalse();
	}

	@Test
	void refusesNoLines() {
		assertThatIllegalArgumentException().isThrownBy(OrderTests::anOrderOf)
			.withMessageContaining("1 to 100 lines")
			.withMessageContaining("found 0");
	}

	@Test
	void refusesMoreThanAHundredLines() {
		OrderLine[] lines = IntStream.rangeClosed(0, 100)
			.mapToObj((n) -> new OrderLine("SKU-" + n, 1, 1))
			.toArray(OrderLine[]::new);

		assertThatIllegalArgumentException().isThrownBy(() -> anOrderOf(lines)).withMessageContaining("found 101");
	}

	@Test
	void lineRefusesAPriceOutsideOfItsRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine("SKU-MUG", 1, -1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OrderLine("SKU-MUG", 1, OrderLine.UNIT_PRICE_CENTS_MAX + 1));
	}

	@Test
	void theLargestOrderStaysWithinTheBoundOfItsEvent() {
		OrderLine[] lines = IntStream.range(0, Order.LINES_MAX)
			.mapToObj((n) -> new OrderLine("SKU-" + n, OrderLine.QUANTITY_MAX, OrderLine.UNIT_PRICE_CENTS_MAX))
			.toArray(OrderLine[]::new);

		assertThat(anOrderOf(lines).totalCents()).isEqualTo(OrderPlaced.CENTS_MAX);
	}

	@Test
	void lineRefusesAQuantityOutsideOfItsRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine("SKU-MUG", 0, 890));
		assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine("SKU-MUG", 1001, 890));
	}

	@Test
	void addressIsMaskedInLogs() {
		PlaceOrderCommand command = new PlaceOrderCommand("customer-7", List.of(), Fixtures.ADA);

		assertThat(command.toString()).contains("ShipTo[GB]").doesNotContain("Lovelace", "London");
	}

	private static Order anOrderOf(OrderLine... lines) {
		return new Order(UUID.randomUUID(), "customer-7", List.of(lines), "EUR", Fixtures.ADA, NOON);
	}

}
