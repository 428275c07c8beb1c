package dev.orderflow.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a record in the CloudEvents Kafka binding, binary content mode. Unknown fields of
 * the data are ignored. An event outside the times that the markers cover is a defect,
 * because it might be applied twice.
 */
final class EventDecoder<E> {

	private final PreparingEventHandler<E> handler;

	private final JsonMapper json;

	private final EventTime times;

	private final Function<ConsumerRecord<byte[], byte[]>, EventSpan> spans;

	EventDecoder(PreparingEventHandler<E> handler, JsonMapper json, EventTime times,
			Function<ConsumerRecord<byte[], byte[]>, EventSpan> spans) {
		this.handler = handler;
		this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		this.times = times;
		this.spans = spans;
	}

	Inbound<E> decode(ConsumerRecord<byte[], byte[]> record) {
		EventSpan span = this.spans.apply(record);
		try {
			requireUtf8(record.headers());
			CloudEvent event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
			Class<? extends E> dataType = this.handler.types().get(event.getType());
			if (dataType == null) {
				return new Inbound.Skipped<>(record, span, event.getType());
			}
			return decode(record, span, event, dataType);
		}
		catch (RuntimeException | StackOverflowError ex) {
			// The reader throws more than its own exception: an IllegalStateException for
			// a missing id, a NullPointerException for a null header value. An exception
			// that escaped would look like an outage and block the partition.
			return new Inbound.Defect<>(record, span, "Expected a CloudEvent in binary mode: " + ex);
		}
	}

	private Inbound<E> decode(ConsumerRecord<byte[], byte[]> record, EventSpan span, CloudEvent event,
			Class<? extends E> dataType) {
		OffsetDateTime time = event.getTime();
		if (time == null) {
			return new Inbound.Defect<>(record, span, "The attribute time is missing");
		}
		String defect = this.times.defectOf(time.toInstant(), appended(record));
		if (defect != null) {
			return new Inbound.Defect<>(record, span, defect);
		}
		CloudEventData data = event.getData();
		try {
			E value = this.json.readValue((data != null) ? data.toBytes() : new byte[0], dataType);
			if (value == null) {
				return new Inbound.Defect<>(record, span,
						"The data is null: expected data of %s".formatted(event.getType()));
			}
			return new Inbound.Event<>(record, span,
					new ReceivedEvent<>(event.getId(), event.getSource(), event.getType(), time.toInstant(),
							text(event.getExtension("correlationid")), record.partition(), value, event),
					Math.max(1, this.handler.workOf(value)));
		}
		catch (JacksonException ex) {
			return new Inbound.Defect<>(record, span,
					"Invalid data of %s: %s".formatted(event.getType(), describe(ex)));
		}
	}

	/** The append time by the broker's clock; a producer's clock is not trusted. */
	private static Instant appended(ConsumerRecord<byte[], byte[]> record) {
		return (record.timestampType() == TimestampType.LOG_APPEND_TIME) ? Instant.ofEpochMilli(record.timestamp())
				: Instant.MIN;
	}

	/**
	 * The CloudEvents reader replaces malformed bytes with U+FFFD, so that two ids could
	 * become equal and the second event would be taken for a duplicate.
	 */
	private static void requireUtf8(Headers headers) {
		for (Header header : headers) {
			if (header.key().startsWith("ce_") && header.value() != null) {
				try {
					StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value()));
				}
				catch (CharacterCodingException ex) {
					throw new IllegalArgumentException("Header %s is not valid UTF-8".formatted(header.key()), ex);
				}
			}
		}
	}

	/**
	 * Describes the error and its path without the parser's message, which quotes values.
	 */
	private static String describe(JacksonException ex) {
		String where = ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."));
		// Messages of the records' own checks name only fields, bounds and numbers.
		String why = (ex.getCause() instanceof IllegalArgumentException invalid) ? String.valueOf(invalid.getMessage())
				: ex.getClass().getSimpleName();
		return where.isEmpty() ? why : why + " at " + where;
	}

	private static @Nullable String text(@Nullable Object extension) {
		return (extension != null) ? extension.toString() : null;
	}

}
