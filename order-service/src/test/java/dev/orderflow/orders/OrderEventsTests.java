package dev.orderflow.orders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.events.EventType;
import dev.orderflow.orders.Order.Status;
import dev.orderflow.outbox.OutgoingEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The producer's half of the contract: it writes the golden samples. */
class OrderEventsTests {

	private static final Order ORDER = new Order(UUID.fromString("01981c7e-0000-7000-8000-000000000001"), "customer-7",
			List.of(new OrderLine("SKU-KETTLE", 2, 4990), new OrderLine("SKU-MUG", 4, 890)), "EUR", Fixtures.ADA,
			Instant.parse("2026-11-21T09:30:00.123456Z"));

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void placedWritesTheGoldenSample() {
		String written = this.json.writeValueAsString(OrderEvents.placed(ORDER).data());

		assertThat(this.json.readTree(written))
			.isEqualTo(this.json.readTree(resource(EventType.ORDER_PLACED.sampleResource())));
	}

	@Test
	void placedFitsItsSchema() {
		String written = this.json.writeValueAsString(OrderEvents.placed(ORDER).data());

		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(resource(EventType.ORDER_PLACED.schemaResource()), InputFormat.JSON)
			.validate(written, InputFormat.JSON)).isEmpty();
	}

	@Test
	void placedIsAboutItsOrderAndHasNoCause() {
		OutgoingEvent event = OrderEvents.placed(ORDER);

		assertThat(event.topic()).isEqualTo("orders");
		assertThat(event.type()).isEqualTo("dev.orderflow.order.placed.v1");
		assertThat(event.dataSchema()).hasToString("https://orderflow.dev/schemas/order.placed/1.0.0");
		assertThat(event.subject()).isEqualTo(ORDER.id().toString());
		assertThat(event.correlationId()).isEqualTo(ORDER.id().toString());
		assertThat(event.causationId()).isNull();
	}

	@Test
	void changesOfStatusWriteTheGoldenSamples() {
		Trigger rejection = new Trigger.StockRejected(Trigger.StockRejected.Reason.OUT_OF_STOCK, List.of("SKU-KETTLE"));
		Map.of(EventType.ORDER_CONFIRMED, reached(Status.CONFIRMED, new Trigger.StockReserved(), "223456"),
				EventType.ORDER_REJECTED, reached(Status.REJECTED, rejection, "223456"),
				EventType.ORDER_CANCELLATION_REQUESTED,
				reached(Status.CANCELLING, new Trigger.CustomerCancels(), "323456"), EventType.ORDER_CANCELLED,
				reached(Status.CANCELLED, new Trigger.ShipmentCancelled(), "423456"), EventType.ORDER_SHIPPED,
				reached(Status.SHIPPED, new Trigger.ShipmentDispatched("Brisk Parcels", "BP1"), "523456"))
			.forEach((type, event) -> {
				assertThat(this.json.readTree(this.json.writeValueAsString(event.data()))).as(type.type())
					.isEqualTo(this.json.readTree(resource(type.sampleResource())));
				assertThat(event.type()).isEqualTo(type.type());
				assertThat(event.topic()).isEqualTo("orders");
				assertThat(event.subject()).isEqualTo(ORDER.id().toString());
				assertThat(event.correlationId()).isEqualTo(ORDER.id().toString());
				assertThat(event.causationId()).isEqualTo("the-cause");
			});
	}

	private static OutgoingEvent reached(Status status, Trigger trigger, String microseconds) {
		return OrderEvents.reached(status, ORDER, trigger, "the-cause",
				Instant.parse("2026-11-21T09:30:00.%s789Z".formatted(microseconds)));
	}

	private static String resource(String name) {
		try (InputStream stream = OrderEventsTests.class.getClassLoader().getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new AssertionError(name, ex);
		}
	}

}
