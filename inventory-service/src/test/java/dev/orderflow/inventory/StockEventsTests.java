package dev.orderflow.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.orderflow.events.EventType;
import dev.orderflow.inventory.Decision.Outcome;
import dev.orderflow.inventory.OrderChange.Placed;
import dev.orderflow.inventory.Reservation.Line;
import dev.orderflow.outbox.OutgoingEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The producer's half of the contract: it writes the golden samples. */
class StockEventsTests {

	private static final Placed PLACED = new Placed(UUID.fromString("01981c7e-0000-7000-8000-000000000001"),
			"the-placement", List.of(new Line("SKU-KETTLE", 2)));

	private static final Instant AT = Instant.parse("2026-11-21T09:30:00.173456Z");

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void decisionsWriteTheGoldenSamples() {
		OutgoingEvent reserved = StockEvents.decided(new Decision(PLACED, Outcome.RESERVED, List.of()), AT);
		OutgoingEvent rejected = StockEvents.decided(new Decision(PLACED, Outcome.OUT_OF_STOCK, List.of("SKU-KETTLE")),
				AT);

		assertThat(Map.of(EventType.STOCK_RESERVED, reserved, EventType.STOCK_REJECTED, rejected))
			.allSatisfy((type, event) -> {
				assertThat(this.json.readTree(this.json.writeValueAsString(event.data())))
					.isEqualTo(this.json.readTree(resource(type.sampleResource())));
				assertThat(event.type()).isEqualTo(type.type());
				assertThat(event.topic()).isEqualTo("stock");
				assertThat(event.subject()).isEqualTo(PLACED.orderId().toString());
				assertThat(event.correlationId()).isEqualTo(PLACED.orderId().toString());
				assertThat(event.causationId()).isEqualTo("the-placement");
			});
	}

	private static String resource(String name) {
		try (InputStream stream = StockEventsTests.class.getClassLoader().getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new AssertionError(name, ex);
		}
	}

}
