package dev.orderflow.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

/**
 * The trace context of the running request in W3C form, captured when an event is
 * appended, because the relay sends it from another thread, later, or after a crash from
 * another process.
 */
final class TraceParent {

	private static final String HEADER = "traceparent";

	private final Tracer tracer;

	private final Propagator propagator;

	TraceParent(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	/** Empty when nothing is being traced. */
	Optional<String> current() {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return Optional.empty();
		}
		Map<String, String> carrier = new HashMap<>();
		this.propagator.inject(span.context(), carrier, (ignored, name, value) -> carrier.put(name, value));
		return Optional.ofNullable(carrier.get(HEADER));
	}

}
