package dev.orderflow.journey;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * A span as a service exported it.
 *
 * @param parentId empty for the first of a trace
 * @param text everything in it, to look for what must not be there
 */
record CollectedSpan(String service, String traceId, String spanId, String parentId, String name, Span.SpanKind kind,
		boolean failed, long startNanos, long endNanos, Map<String, String> attributes, String text) {

	static CollectedSpan of(String service, Span span) {
		Map<String, String> attributes = span.getAttributesList()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> text(attribute.getValue())));
		return new CollectedSpan(service, hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
				span.getName(), span.getKind(), span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
				span.getStartTimeUnixNano(), span.getEndTimeUnixNano(), attributes, span.toString());
	}

	/** The business story it tells of. */
	String correlationId() {
		return this.attributes.getOrDefault("messaging.message.conversation_id", "");
	}

	boolean overlaps(CollectedSpan other) {
		return this.startNanos < other.endNanos && other.startNanos < this.endNanos;
	}

	private static String text(AnyValue value) {
		return value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue());
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

}
