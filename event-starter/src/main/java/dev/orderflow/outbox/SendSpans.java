package dev.orderflow.outbox;

import dev.orderflow.tracing.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A span for each send, from the producer call to the broker's answer: a child of the
 * span in which the event was appended, and a sibling of the consumers' spans.
 *
 * <p>
 * The record is sent as it was appended, including its {@code traceparent}. If this
 * span's value replaced it, two sends of one record would differ, and a dead letter would
 * not be a true copy.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry, semantic
 * conventions for Kafka</a>
 */
final class SendSpans {

	private final Tracer tracer;

	SendSpans(Tracer tracer) {
		this.tracer = tracer;
	}

	/** Costs next to nothing for a record without a trace or with an unsampled one. */
	Span start(ProducerRecord<byte[], byte[]> record) {
		Context appended = TraceParent.read(record.headers());
		if (!Span.fromContext(appended).getSpanContext().isSampled()) {
			return Span.getInvalid();
		}
		return this.tracer.spanBuilder("send " + record.topic())
			.setParent(appended)
			.setSpanKind(SpanKind.PRODUCER)
			.setAttribute("messaging.system", "kafka")
			.setAttribute("messaging.operation.type", "send")
			.setAttribute("messaging.operation.name", "send")
			.setAttribute("messaging.destination.name", record.topic())
			.startSpan();
	}

	/** Ends a span with the broker's answer. */
	static void end(Span span, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
		if (failure != null) {
			span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure.getClass().getName());
		}
		else if (metadata != null) {
			span.setAttribute("messaging.destination.partition.id", Integer.toString(metadata.partition()))
				.setAttribute("messaging.kafka.offset", metadata.offset());
		}
		span.end();
	}

}
