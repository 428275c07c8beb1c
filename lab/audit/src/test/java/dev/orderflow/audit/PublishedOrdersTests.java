package dev.orderflow.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.orderflow.audit.StoredOrders.StoredOrder;
import dev.orderflow.events.EventType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which events of an order may lead to which status. */
class PublishedOrdersTests {

	private static final UUID ORDER = UUID.fromString("01981c7e-0000-7000-8000-000000000001");

	@ParameterizedTest
	@CsvSource(textBlock = """
			PLACED,     PLACED
			CONFIRMED,  PLACED CONFIRMED
			REJECTED,   PLACED REJECTED
			CANCELLING, PLACED CONFIRMED CANCELLATION_REQUESTED
			CANCELLED,  PLACED CANCELLED
			CANCELLED,  PLACED CONFIRMED CANCELLATION_REQUESTED CANCELLED
			SHIPPED,    PLACED SHIPPED
			SHIPPED,    PLACED CONFIRMED SHIPPED
			SHIPPED,    PLACED CONFIRMED CANCELLATION_REQUESTED SHIPPED
			""")
	void leadToTheStatus(String status, String events) {
		assertThat(check(status, events)).allMatch(Check::holds);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			CONFIRMED,  PLACED
			PLACED,     PLACED CONFIRMED
			CONFIRMED,  CONFIRMED PLACED
			CONFIRMED,  PLACED CONFIRMED CONFIRMED
			CONFIRMED,  PLACED REJECTED CONFIRMED
			CANCELLING, PLACED CANCELLATION_REQUESTED
			CANCELLED,  PLACED CONFIRMED CANCELLED
			CANCELLED,  PLACED CONFIRMED CANCELLATION_REQUESTED SHIPPED CANCELLED
			SHIPPED,    PLACED CANCELLED SHIPPED
			SHIPPED,    PLACED CONFIRMED CANCELLATION_REQUESTED
			LOST,       PLACED
			""")
	void leadElsewhere(String status, String events) {
		assertThat(check(status, events)).filteredOn((check) -> !check.holds()).singleElement().satisfies((check) -> {
			assertThat(check.what()).isEqualTo("orders whose events on the topic lead to their status");
			assertThat(check.examples()).singleElement().asString().startsWith(ORDER + ": is " + status);
		});
	}

	private static List<Check> check(String status, String events) {
		StoredOrders stored = new StoredOrders(
				Map.of(ORDER, new StoredOrder(Map.of(), 0, Instant.parse("2026-11-21T09:30:00Z"), status)));
		List<EventType> path = Arrays.stream(events.split(" "))
			.map((event) -> EventType.valueOf("ORDER_" + event))
			.toList();
		return new PublishedOrders(Map.of(ORDER, path), Map.of(), 0, List.of()).check(stored);
	}

}
