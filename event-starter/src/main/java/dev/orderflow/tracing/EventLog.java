package dev.orderflow.tracing;

import java.nio.charset.StandardCharsets;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Log lines about one event carry {@code eventId} and {@code correlationId}, and
 * {@code traceId} and {@code spanId} of its trace: as fields in JSON, in brackets in
 * text.
 */
public final class EventLog {

	private static final String EVENT_ID = "eventId";

	private static final String CORRELATION_ID = "correlationId";

	/** Bounds log lines, whatever ids a producer chooses. */
	private static final int ATTRIBUTE_LENGTH_MAX = 100;

	private EventLog() {
	}

	/** Runs a step about the event in a record, within a span of its trace. */
	public static void within(Context context, Headers headers, Runnable step) {
		try (Scope _ = context.makeCurrent()) {
			within(attribute(headers, "id"), attribute(headers, "correlationid"), step);
		}
	}

	/** Runs a step about an event, in the current trace. */
	public static void within(@Nullable String eventId, @Nullable String correlationId, Runnable step) {
		put(EVENT_ID, eventId);
		put(CORRELATION_ID, correlationId);
		try {
			step.run();
		}
		finally {
			MDC.remove(CORRELATION_ID);
			MDC.remove(EVENT_ID);
		}
	}

	private static void put(String name, @Nullable String value) {
		if (value != null) {
			MDC.put(name, value);
		}
	}

	/**
	 * A CloudEvents attribute of a record as its producer wrote it, but safe to log:
	 * bounded and on one line. Null if there is none.
	 */
	public static @Nullable String attribute(Headers headers, String name) {
		Header header = headers.lastHeader("ce_" + name);
		if (header == null || header.value() == null) {
			return null;
		}
		int length = Math.min(header.value().length, ATTRIBUTE_LENGTH_MAX);
		return new String(header.value(), 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\u2028\\u2029]",
				"?");
	}

}
