package dev.orderflow.recommendation;

import java.util.stream.IntStream;

import dev.orderflow.events.OrderPlaced;
import org.junit.jupiter.api.Test;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.shipped;
import static org.assertj.core.api.Assertions.assertThat;

class OrderEventsHandlerTests {

	private final OrderEventsHandler listener = new OrderEventsHandler(null);

	@Test
	void countsTheRowsThatAnOrderWrites() {
		assertThat(this.listener.workOf(confirmed(orderOf(1)))).isEqualTo(1);
		assertThat(this.listener.workOf(confirmed(orderOf(4)))).isEqualTo(7);
		assertThat(this.listener.workOf(shipped(orderOf(4)))).isEqualTo(7);
		assertThat(this.listener.workOf(confirmed(orderOf(100)))).isEqualTo(4951);
	}

	private static OrderPlaced orderOf(int products) {
		return anOrderOf(IntStream.range(0, products)
			.mapToObj((number) -> line("SKU-" + number, 1))
			.toArray(OrderPlaced.Line[]::new));
	}

}
