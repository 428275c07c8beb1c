package dev.orderflow.demo;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	private static final UUID ORDER = UUID.fromString("01981c7e-0000-7000-8000-000000000001");

	@Test
	void isATableOfWhatHappenedInOrder() {
		Timeline timeline = Timeline.of(ORDER, """
				[{"at": "2026-11-21T10:00:00.000001Z", "event": "order.placed", "eventId": "1",
				  "source": "/orderflow/order-service", "detail": "2 lines"},
				 {"at": "2026-11-21T10:00:00.2Z", "event": "stock.reserved", "eventId": "2",
				  "source": "/orderflow/inventory-service", "detail": null}]""");

		assertThat(timeline.table().lines()).containsExactly("Order " + ORDER,
				"  2026-11-21T10:00:00.000001Z  order.placed    /orderflow/order-service      2 lines",
				"  2026-11-21T10:00:00.2Z       stock.reserved  /orderflow/inventory-service");
	}

	@Test
	void isEmptyWithoutEvents() {
		assertThat(Timeline.of(ORDER, "[]").table()).isEqualTo("Order " + ORDER);
	}

}
