package dev.orderflow.inventory;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderPlaced.Line;
import dev.orderflow.events.OrderPlaced.ShipTo;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** {@code order.placed} as order-service would publish it, and as nobody should. */
final class PlacedOrders {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private PlacedOrders() {
	}

	static Line line(String sku, int quantity) {
		return new Line(sku, quantity, 100);
	}

	static OrderPlaced anOrderOf(Line... lines) {
		long totalCents = Arrays.stream(lines).mapToLong((line) -> line.quantity() * line.unitPriceCents()).sum();
		return new OrderPlaced(Generators.timeBasedEpochGenerator().generate(), "customer-1", List.of(lines),
				totalCents, "EUR", new ShipTo("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB"),
				Instant.now());
	}

	static OrderPlaced anOrderOf(String sku, int quantity) {
		return anOrderOf(line(sku, quantity));
	}

	static ProducerRecord<byte[], byte[]> record(String topic, OrderPlaced order) {
		return record(topic, order.orderId(), JSON.writeValueAsBytes(order));
	}

	/** Any data under the attributes of {@code order.placed}. */
	static ProducerRecord<byte[], byte[]> record(String topic, UUID orderId, byte[] data) {
		return KafkaMessageFactory.createWriter(topic, orderId.toString().getBytes(StandardCharsets.UTF_8))
			.writeBinary(CloudEventBuilder.v1()
				.withId(Generators.timeBasedEpochGenerator().generate().toString())
				.withSource(URI.create("/orderflow/order-service"))
				.withType(EventType.ORDER_PLACED.type())
				.withSubject(orderId.toString())
				.withTime(OffsetDateTime.now(ZoneOffset.UTC))
				.withDataContentType("application/json")
				.withData(data)
				.build());
	}

	/** An event that reads well and that no attempt can store: PostgreSQL refuses its sku. */
	static ProducerRecord<byte[], byte[]> poison(String topic) {
		return record(topic, anOrderOf("SKU-\0", 1));
	}

}
