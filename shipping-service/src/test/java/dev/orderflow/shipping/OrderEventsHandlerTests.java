package dev.orderflow.shipping;

import java.time.Instant;
import java.util.UUID;

import dev.orderflow.events.OrderCancellationRequested;
import org.junit.jupiter.api.Test;

import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static dev.orderflow.test.consumer.PlacedOrders.confirmed;
import static dev.orderflow.test.consumer.PlacedOrders.line;
import static dev.orderflow.test.consumer.PlacedOrders.rejected;
import static org.assertj.core.api.Assertions.assertThat;

class OrderEventsHandlerTests {

	private final OrderEventsHandler listener = new OrderEventsHandler(null, null);

	@Test
	void countsTheRowsThatAnOrderWritesAtMost() {
		assertThat(this.listener.workOf(anOrderOf("SKU-MUG", 1))).isEqualTo(1);
		assertThat(this.listener.workOf(anOrderOf(line("SKU-MUG", 1000), line("SKU-RUG", 35)))).isEqualTo(105);
		assertThat(this.listener.workOf(confirmed(anOrderOf("SKU-MUG", 1000)))).isEqualTo(101);
		assertThat(this.listener.workOf(new OrderCancellationRequested(new UUID(0, 1), Instant.EPOCH))).isEqualTo(1);
		assertThat(this.listener.workOf(rejected(anOrderOf("SKU-MUG", 1000)))).isEqualTo(101);
	}

}
