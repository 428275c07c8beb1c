package dev.orderflow.testservice;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.springframework.stereotype.Component;

/** The sampled spans that ended, as an exporter would get them. */
@Component
public class EndedSpans implements SpanProcessor {

	private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

	@Override
	public void onStart(Context parent, ReadWriteSpan span) {
	}

	@Override
	public boolean isStartRequired() {
		return false;
	}

	@Override
	public void onEnd(ReadableSpan span) {
		this.spans.add(span.toSpanData());
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

	public List<SpanData> all() {
		return List.copyOf(this.spans);
	}

	/** Those of a trace with that name, in the order in which they ended. */
	public List<SpanData> of(String traceId, String name) {
		return this.spans.stream()
			.filter((span) -> span.getTraceId().equals(traceId) && span.getName().equals(name))
			.toList();
	}

	/** Those about an event. */
	public List<SpanData> about(String eventId) {
		return this.spans.stream()
			.filter((span) -> eventId.equals(span.getAttributes().get(AttributeKey.stringKey("messaging.message.id"))))
			.toList();
	}

}
