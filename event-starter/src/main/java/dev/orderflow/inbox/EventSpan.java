package dev.orderflow.inbox;

import dev.orderflow.outage.Outage;
import dev.orderflow.tracing.EventLog;
import dev.orderflow.tracing.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The span of one record's processing, a child of the one in which its event was
 * appended. It begins with the first try of the record's slice and ends when the outcome
 * is committed, so the spans of a slice overlap: they share one transaction. Failed tries
 * are span events; the span is an error if the record became a dead letter or is left for
 * redelivery. It contains neither data nor exception messages, which may quote data.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry, semantic
 * conventions for Kafka</a>
 */
final class EventSpan {

	private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

	private final Tracer tracer;

	private final String group;

	private final ConsumerRecord<byte[], byte[]> record;

	private Span span = Span.getInvalid();

	EventSpan(Tracer tracer, String group, ConsumerRecord<byte[], byte[]> record) {
		this.tracer = tracer;
		this.group = group;
		this.record = record;
	}

	void begin() {
		this.span = this.tracer.spanBuilder("process " + this.record.topic())
			.setParent(TraceParent.read(this.record.headers()))
			.setSpanKind(SpanKind.CONSUMER)
			.startSpan();
		if (this.span.isRecording()) {
			describe();
		}
	}

	private void describe() {
		this.span.setAttribute("messaging.system", "kafka")
			.setAttribute("messaging.operation.type", "process")
			.setAttribute("messaging.operation.name", "process")
			.setAttribute("messaging.destination.name", this.record.topic())
			.setAttribute("messaging.destination.partition.id", Integer.toString(this.record.partition()))
			.setAttribute("messaging.kafka.offset", this.record.offset())
			.setAttribute("messaging.consumer.group.name", this.group)
			.setAttribute("messaging.message.id", EventLog.attribute(this.record.headers(), "id"))
			.setAttribute("messaging.message.conversation_id",
					EventLog.attribute(this.record.headers(), "correlationid"))
			.setAttribute("cloudevents.event_type", EventLog.attribute(this.record.headers(), "type"));
	}

	/** Runs a step in this span: its log lines carry the ids of span and event. */
	void within(Runnable step) {
		EventLog.within(context(), this.record.headers(), step);
	}

	/** The context that events caused by this one continue. */
	Context context() {
		return Context.root().with(this.span);
	}

	/** One try failed, possibly because of another record. */
	void tryFailed(Throwable failure, Failure kind) {
		if (this.span.isRecording()) {
			this.span.addEvent("try failed", Attributes.of(ERROR_TYPE, typeOf(failure),
					AttributeKey.stringKey("orderflow.failure"), kind.label()));
		}
	}

	void applied() {
		end("applied");
	}

	void duplicate() {
		end("duplicate");
	}

	void deadLettered(String errorType) {
		this.span.setStatus(StatusCode.ERROR, "dead letter").setAttribute(ERROR_TYPE, errorType);
		end("dead-lettered");
	}

	/** Ends the span if it is still open: the record will be delivered again. */
	void close() {
		if (this.span.isRecording()) {
			this.span.setStatus(StatusCode.ERROR, "to be delivered again");
			end("unfinished");
		}
	}

	private void end(String outcome) {
		this.span.setAttribute("orderflow.outcome", outcome);
		this.span.end();
	}

	/** SQLSTATE or class of a failure instead of its message, which may quote data. */
	static String typeOf(Throwable failure) {
		String state = Outage.sqlState(failure);
		return (state != null) ? state : failure.getClass().getName();
	}

}
