package dev.orderflow.tracing;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace that an event belongs to, in W3C form: the context in which it was appended.
 * It is part of the event, so it is the same wherever and however often the event is
 * sent.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/distributed-tracing.md">
 * CloudEvents, distributed tracing extension: the trace at the start, not that of a
 * hop</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C trace context</a>
 */
public final class TraceParent {

	/** The CloudEvents attribute. */
	public static final String ATTRIBUTE = "traceparent";

	private static final String HEADER = "ce_" + ATTRIBUTE;

	private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

	private TraceParent() {
	}

	/** Empty if the context has no trace. */
	public static Optional<String> of(Context context) {
		Map<String, String> carrier = HashMap.newHashMap(1);
		W3C.inject(context, carrier, (map, name, value) -> carrier.put(name, value));
		return Optional.ofNullable(carrier.get(ATTRIBUTE));
	}

	/** The root context, which has no trace, if a record's is missing or malformed. */
	public static Context read(Headers headers) {
		return W3C.extract(Context.root(), headers, new HeaderGetter());
	}

	private static final class HeaderGetter implements TextMapGetter<Headers> {

		@Override
		public Iterable<String> keys(Headers headers) {
			return List.of(ATTRIBUTE);
		}

		@Override
		public @Nullable String get(@Nullable Headers headers, String name) {
			Header header = (headers != null && name.equals(ATTRIBUTE)) ? headers.lastHeader(HEADER) : null;
			return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.US_ASCII)
					: null;
		}

	}

}
