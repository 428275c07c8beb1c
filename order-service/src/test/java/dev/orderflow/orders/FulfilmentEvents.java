package dev.orderflow.orders;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import dev.orderflow.events.Event;
import dev.orderflow.events.EventType;
import dev.orderflow.events.RejectionReason;
import dev.orderflow.events.ShipmentCancelled;
import dev.orderflow.events.ShipmentDispatched;
import dev.orderflow.events.ShipmentPlanned;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.Topics;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.TopicWriter;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

import static dev.orderflow.test.consumer.ConsumerContract.BOUND;

/** Events as inventory-service and shipping-service publish them. */
final class FulfilmentEvents {

	private static final String SERVICE = "order-service";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private FulfilmentEvents() {
	}

	static CloudEvent reserved(UUID order) {
		return event(new StockReserved(order, now()));
	}

	static CloudEvent rejected(UUID order) {
		return event(new StockRejected(order, RejectionReason.OUT_OF_STOCK, List.of("SKU-MUG"), now()));
	}

	static CloudEvent planned(UUID order) {
		return event(new ShipmentPlanned(order, shipmentOf(order), 1, Instant.parse("2026-11-23T16:00:00Z"), now()));
	}

	static CloudEvent dispatched(UUID order) {
		return event(new ShipmentDispatched(order, shipmentOf(order), "Brisk Parcels", "BP0000000001", now()));
	}

	static CloudEvent shipmentCancelled(UUID order) {
		return event(new ShipmentCancelled(order, now()));
	}

	static ProducerRecord<byte[], byte[]> record(CloudEvent event) {
		return record(topicOf(event), event);
	}

	static ProducerRecord<byte[], byte[]> onReplayTopic(CloudEvent event) {
		return record(Topics.replay(topicOf(event), SERVICE).name(), event);
	}

	static ProducerRecord<byte[], byte[]> record(String topic, CloudEvent event) {
		return KafkaMessageFactory.createWriter(topic, event.getSubject().getBytes(StandardCharsets.UTF_8))
			.writeBinary(event);
	}

	/** Writes the records in their sequence and waits until the service has read them. */
	static void deliver(List<ProducerRecord<byte[], byte[]>> records) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(records);
		}
		for (String topic : List.of(Topics.STOCK, Topics.SHIPMENTS)) {
			ConsumerGroups.awaitNoLag(SERVICE, topic, BOUND);
			ConsumerGroups.awaitNoLag(SERVICE, Topics.replay(topic, SERVICE).name(), BOUND);
		}
	}

	static void deliver(CloudEvent... events) {
		deliver(Arrays.stream(events).map(FulfilmentEvents::record).toList());
	}

	private static String topicOf(CloudEvent event) {
		return typeOf(event).topic();
	}

	static EventType typeOf(CloudEvent event) {
		return Arrays.stream(EventType.values())
			.filter((type) -> type.type().equals(event.getType()))
			.findAny()
			.orElseThrow();
	}

	private static CloudEvent event(Event data) {
		EventType type = Arrays.stream(EventType.values())
			.filter((candidate) -> candidate.data().isInstance(data))
			.findAny()
			.orElseThrow();
		String source = type.topic().equals(Topics.STOCK) ? "inventory-service" : "shipping-service";
		return CloudEventBuilder.v1()
			.withId(Generators.timeBasedEpochGenerator().generate().toString())
			.withSource(URI.create("/orderflow/" + source))
			.withType(type.type())
			.withSubject(data.orderId().toString())
			.withTime(OffsetDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC))
			.withDataSchema(type.dataSchema())
			.withDataContentType("application/json")
			.withExtension("correlationid", data.orderId().toString())
			.withExtension("causationid", "the-placement")
			.withData(JSON.writeValueAsBytes(data))
			.build();
	}

	private static UUID shipmentOf(UUID order) {
		return UUID.nameUUIDFromBytes(order.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static Instant now() {
		return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
	}

}
