package dev.orderflow.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

/**
 * Records about an existing order that no consumer can process: {@code order.placed} in
 * the CloudEvents Kafka binding, binary content mode, with one defect. Their key is the
 * order's, so that they share the partition of its valid event. Each has its own event
 * id, so that none is taken for a duplicate.
 */
final class PoisonRecords {

	private static final EventType TYPE = EventType.ORDER_PLACED;

	/** Beyond the 45 days for which consumers remember what they applied. */
	private static final Duration TOO_OLD = Duration.ofDays(60);

	/** A character that is valid in JSON, but not in PostgreSQL's text. */
	private static final String UNSTORABLE = "\0";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Clock clock;

	PoisonRecords(Clock clock) {
		this.clock = clock;
	}

	ProducerRecord<byte[], byte[]> record(PoisonKind kind, UUID orderId) {
		Instant now = this.clock.instant();
		ProducerRecord<byte[], byte[]> record = switch (kind) {
			case NO_JSON -> event(orderId, now, "{\"orderId\": ".getBytes(StandardCharsets.UTF_8));
			case WRONG_SCHEMA -> event(orderId, now, this.json.writeValueAsBytes(Map.of("orderId", orderId)));
			case NO_HEADERS -> new ProducerRecord<>(TYPE.topic(), key(orderId), order(orderId, now, "SKU-MUG"));
			case TOO_OLD -> event(orderId, now.minus(TOO_OLD), order(orderId, now.minus(TOO_OLD), "SKU-MUG"));
			case UNSTORABLE -> event(orderId, now, order(orderId, now, UNSTORABLE));
		};
		record.headers().add(PoisonKind.HEADER, kind.label().getBytes(StandardCharsets.UTF_8));
		return record;
	}

	/** Two products, because recommendations need pairs. */
	private byte[] order(UUID orderId, Instant placedAt, String text) {
		ShipTo shipTo = new ShipTo(text, text, text, text, "DE");
		List<Line> lines = List.of(new Line(text, 1, 890), new Line(text + text, 1, 110));
		return this.json
			.writeValueAsBytes(new OrderPlaced(orderId, "customer-poison", lines, 1000, "EUR", shipTo, placedAt));
	}

	private static ProducerRecord<byte[], byte[]> event(UUID orderId, Instant time, byte[] data) {
		return KafkaMessageFactory.createWriter(TYPE.topic(), key(orderId))
			.writeBinary(CloudEventBuilder.v1()
				.withId(Generators.timeBasedEpochGenerator().generate().toString())
				.withSource(URI.create("/orderflow/load-generator"))
				.withType(TYPE.type())
				.withSubject(orderId.toString())
				.withTime(OffsetDateTime.ofInstant(time, ZoneOffset.UTC))
				.withDataSchema(TYPE.dataSchema())
				.withDataContentType("application/json")
				.withExtension("correlationid", UUID.randomUUID().toString())
				.withExtension("partitionkey", orderId.toString())
				.withData(data)
				.build());
	}

	private static byte[] key(UUID orderId) {
		return orderId.toString().getBytes(StandardCharsets.UTF_8);
	}

}
