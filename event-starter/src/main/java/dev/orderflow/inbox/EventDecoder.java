package dev.orderflow.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a record in the CloudEvents Kafka binding, binary content mode. Unknown fields of
 * the data are ignored. An event outside the times that the markers cover is a defect,
 * because it might be applied twice; so is one in structured mode, which a service would
 * read or not depending on the libraries on its class path. A trace context that cannot
 * be read is left out.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 * CloudEvents, Kafka protocol binding</a>
 */
final class EventDecoder<E> {

	private static final String CONTENT_TYPE = "content-type";

	/** Also the start of the media type of a batch of events. */
	private static final String STRUCTURED = "application/cloudevents";

	private static final String ATTRIBUTE_PREFIX = "ce_";

	/** What tells events apart: all that leave it empty would be taken for one. */
	private static final Set<String> IDENTITY = Set.of("ce_id", "ce_source");

	/** An event is worth more than its trace. */
	private static final Set<String> TRACE_CONTEXT = Set.of("ce_traceparent", "ce_tracestate");

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
			requireBinaryMode(record.headers());
			CloudEvent event = KafkaMessageFactory.createReader(readable(record.headers()), record.value()).toEvent();
			Class<? extends E> dataType = this.handler.types().get(event.getType());
			if (dataType == null) {
				return new Inbound.Skipped<>(record, span, event.getType());
			}
			return decode(record, span, event, dataType);
		}
		catch (DateTimeException ex) {
			return new Inbound.Defect<>(record, span, "A time is out of range: " + ex.getMessage());
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

	/** The reader, too, decides by the content type alone. */
	private static void requireBinaryMode(Headers headers) {
		Header contentType = headers.lastHeader(CONTENT_TYPE);
		if (contentType != null && contentType.value() != null) {
			String text = new String(contentType.value(), StandardCharsets.UTF_8);
			if (text.strip().toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
				throw new IllegalArgumentException("Found structured mode, content-type " + text);
			}
		}
	}

	/** All headers but those of a trace context that cannot be read. */
	private static Headers readable(Headers headers) {
		Headers readable = new RecordHeaders();
		for (Header header : headers) {
			String name = header.key().toLowerCase(Locale.ROOT);
			String defect = header.key().startsWith(ATTRIBUTE_PREFIX) ? defectOf(name, header.value()) : null;
			if (defect == null) {
				readable.add(header);
			}
			else if (!TRACE_CONTEXT.contains(name)) {
				throw new IllegalArgumentException("Header %s %s".formatted(name, defect));
			}
		}
		return readable;
	}

	/**
	 * What is wrong with the value of an attribute, null if nothing is. The reader
	 * replaces malformed bytes with U+FFFD, so that two ids could become equal and the
	 * second event would be taken for a duplicate. CloudEvents allows no control
	 * characters, and PostgreSQL stores no U+0000.
	 */
	private static @Nullable String defectOf(String name, byte @Nullable [] value) {
		if (value == null) {
			return "has no value";
		}
		if (value.length == 0 && IDENTITY.contains(name)) {
			return "is empty";
		}
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(value))
				.chars()
				.filter(Character::isISOControl)
				.mapToObj("contains the control character U+%04X"::formatted)
				.findFirst()
				.orElse(null);
		}
		catch (CharacterCodingException ex) {
			return "is not valid UTF-8";
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
		String why = switch (ex.getCause()) {
			// Messages of the records' own checks name only fields, bounds and numbers.
			case IllegalArgumentException invalid -> String.valueOf(invalid.getMessage());
			case DateTimeException outOfRange -> "Time out of range";
			case null, default -> ex.getClass().getSimpleName();
		};
		return where.isEmpty() ? why : why + " at " + where;
	}

	private static @Nullable String text(@Nullable Object extension) {
		return (extension != null) ? extension.toString() : null;
	}

}
