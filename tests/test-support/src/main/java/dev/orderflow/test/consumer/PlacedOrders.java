package dev.orderflow.test.consumer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderPlaced.Line;
import dev.orderflow.events.OrderPlaced.ShipTo;
import dev.orderflow.events.OrderRejected;
import dev.orderflow.events.OrderShipped;
import dev.orderflow.events.RejectionReason;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Orders and their events, valid as order-service publishes them, and defective. */
public final class PlacedOrders {

	/** Price of every unit. */
	public static final long UNIT_PRICE_CENTS = 100;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final ShipTo ADDRESS = new ShipTo("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH",
			"GB");

	private PlacedOrders() {
	}

	/** An order line. */
	public static Line line(String sku, int quantity) {
		return new Line(sku, quantity, UNIT_PRICE_CENTS);
	}

	/** An order of one product, placed now. */
	public static OrderPlaced anOrderOf(String sku, int quantity) {
		return anOrderOf(line(sku, quantity));
	}

	/** An order placed now. */
	public static OrderPlaced anOrderOf(Line... lines) {
		return anOrderAt(Clock.systemUTC().instant(), lines);
	}

	/** An order placed at some time. */
	public static OrderPlaced anOrderAt(Instant placedAt, Line... lines) {
		return order("customer-1", "EUR", ADDRESS, placedAt, lines);
	}

	private static OrderPlaced order(String customerId, String currency, ShipTo shipTo, Instant placedAt,
			Line... lines) {
		long totalCents = Arrays.stream(lines).mapToLong((line) -> line.quantity() * line.unitPriceCents()).sum();
		return new OrderPlaced(Generators.timeBasedEpochGenerator().generate(), customerId, List.of(lines), totalCents,
				currency, shipTo, placedAt);
	}

	/** The event of its placement, keyed by the order. */
	public static ProducerRecord<byte[], byte[]> record(String topic, OrderPlaced order) {
		return record(topic, EventType.ORDER_PLACED, order.orderId(), order);
	}

	/** The event of a type about an order, with the data of that type. */
	public static ProducerRecord<byte[], byte[]> record(String topic, EventType type, UUID orderId, Object data) {
		return record(topic, type.type(), orderId, JSON.writeValueAsBytes(data));
	}

	/** The data with which the order is confirmed. */
	public static OrderConfirmed confirmed(OrderPlaced order) {
		return new OrderConfirmed(order.orderId(), order.lines(), Clock.systemUTC().instant());
	}

	/** The data of its rejection: its first product is out of stock. */
	public static OrderRejected rejected(OrderPlaced order) {
		return new OrderRejected(order.orderId(), RejectionReason.OUT_OF_STOCK, List.of(order.lines().getFirst().sku()),
				order.lines(), order.currency(), order.placedAt(), Clock.systemUTC().instant());
	}

	/** The data of its cancellation. */
	public static OrderCancelled cancelled(OrderPlaced order) {
		return new OrderCancelled(order.orderId(), order.lines(), order.currency(), order.placedAt(),
				Clock.systemUTC().instant());
	}

	/** The data with which the order is shipped. */
	public static OrderShipped shipped(OrderPlaced order) {
		return new OrderShipped(order.orderId(), order.lines(), Clock.systemUTC().instant());
	}

	/** An event of any type about an order, with any data. */
	public static ProducerRecord<byte[], byte[]> record(String topic, String type, UUID orderId, byte[] data) {
		return KafkaMessageFactory.createWriter(topic, orderId.toString().getBytes(StandardCharsets.UTF_8))
			.writeBinary(CloudEventBuilder.v1()
				.withId(Generators.timeBasedEpochGenerator().generate().toString())
				.withSource(URI.create("/orderflow/order-service"))
				.withType(type)
				.withSubject(orderId.toString())
				.withTime(OffsetDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC))
				.withDataContentType("application/json")
				.withData(data)
				.build());
	}

	/** The event of the placement of {@link #unstorable}. */
	public static ProducerRecord<byte[], byte[]> poison(String topic) {
		return record(topic, unstorable());
	}

	/**
	 * A valid order that no consumer can store, whichever of its texts it keeps:
	 * PostgreSQL refuses each of them.
	 */
	public static OrderPlaced unstorable() {
		ShipTo nowhere = new ShipTo("\0", "\0", "\0", "\0", "\0");
		return order("\0", "\0", nowhere, Clock.systemUTC().instant(), line("SKU-\0", 1), line("SKU-\0\0", 1));
	}

}
