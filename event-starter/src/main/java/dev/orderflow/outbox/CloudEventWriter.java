package dev.orderflow.outbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.tracing.Causes;
import dev.orderflow.tracing.TraceParent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates an event and writes it as a record in binary content mode: attributes in
 * {@code ce_*} headers, the data alone as the value, the subject as the key.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 * CloudEvents Kafka protocol binding 1.0</a>
 */
final class CloudEventWriter {

	/** UUIDv7: ascending within this process, which keeps indexes on it compact. */
	private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

	private final URI source;

	private final JsonMapper json;

	private final Clock clock;

	CloudEventWriter(URI source, JsonMapper json, Clock clock) {
		this.source = source;
		this.json = json;
		this.clock = clock;
	}

	CloudEvent newEvent(OutgoingEvent event) {
		CloudEventBuilder builder = CloudEventBuilder.v1()
			.withId(this.ids.generate().toString())
			.withSource(this.source)
			.withType(event.type())
			.withSubject(event.subject())
			.withTime(OffsetDateTime.ofInstant(this.clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC))
			.withDataSchema(event.dataSchema())
			.withDataContentType("application/json")
			.withExtension("correlationid", event.correlationId())
			.withExtension("partitionkey", event.subject())
			.withData(this.json.writeValueAsBytes(event.data()));
		if (event.causationId() != null) {
			builder.withExtension("causationid", event.causationId());
		}
		// Captured now, because the relay sends the event later from another thread, or
		// after a crash from another process.
		TraceParent.of(Causes.contextOf(event.causationId()))
			.ifPresent((value) -> builder.withExtension(TraceParent.ATTRIBUTE, value));
		return builder.build();
	}

	static ProducerRecord<byte[], byte[]> write(String topic, String key, CloudEvent event) {
		return KafkaMessageFactory.createWriter(topic, key.getBytes(StandardCharsets.UTF_8)).writeBinary(event);
	}

}
