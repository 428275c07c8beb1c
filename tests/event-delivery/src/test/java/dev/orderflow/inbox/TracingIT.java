package dev.orderflow.inbox;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.orderflow.outbox.Outbox;
import dev.orderflow.outbox.OutgoingEvent;
import dev.orderflow.test.TopicReader;
import dev.orderflow.testservice.EndedSpans;
import dev.orderflow.testservice.RunningTestService;
import dev.orderflow.testservice.Thing;
import dev.orderflow.testservice.ThingEffects;
import dev.orderflow.tracing.TraceParent;
import io.cloudevents.CloudEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.text;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: one trace follows each event, regardless of its batch and the number of tries.
 * Method: a running service whose spans are kept; the inbox gets batches of valid and
 * defective events of different traces; then spans, outgoing events and log lines are
 * read.
 */
@ExtendWith(OutputCaptureExtension.class)
class TracingIT extends RunningTestService {

	private static final String PROCESS = "process " + THINGS;

	/** Offsets beyond those of real records and of other tests. */
	private static final AtomicInteger offsets = new AtomicInteger(2_000_000);

	@Autowired
	private Consumer<RawBatch> inbox;

	@Autowired
	private ThingEffects effects;

	@Autowired
	private Outbox outbox;

	@Autowired
	private EndedSpans spans;

	@Autowired
	private OpenTelemetry openTelemetry;

	@Autowired
	private TransactionTemplate transaction;

	@Test
	void continuesTheTraceOfEachEventOfABatch() {
		this.inbox.accept(batch(traced("mixed-1", "a", 1), traced("mixed-2", "a", 2), traced("mixed-3", "a", 3)));

		for (int i = 1; i <= 3; i++) {
			SpanData span = only(this.spans.about("mixed-" + i));
			assertThat(span.getTraceId()).isEqualTo(traceId(i));
			assertThat(span.getParentSpanId()).isEqualTo(spanId(i));
			assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
		}
	}

	@Test
	void describesAnEventByTheSemanticConventions() {
		this.inbox.accept(batch(with(traced("described", "a", 4), "ce_correlationid", "story-4")));

		SpanData span = only(this.spans.about("described"));
		assertThat(span.getName()).isEqualTo(PROCESS);
		assertThat(attribute(span, "messaging.system")).isEqualTo("kafka");
		assertThat(attribute(span, "messaging.operation.type")).isEqualTo("process");
		assertThat(attribute(span, "messaging.destination.name")).isEqualTo(THINGS);
		assertThat(attribute(span, "messaging.destination.partition.id")).isEqualTo("0");
		assertThat(attribute(span, "messaging.consumer.group.name")).isEqualTo(SERVICE);
		assertThat(attribute(span, "messaging.message.conversation_id")).isEqualTo("story-4");
		assertThat(attribute(span, "cloudevents.event_type")).isEqualTo(ThingEffects.THING);
		assertThat(attribute(span, "orderflow.outcome")).isEqualTo("applied");
		assertThat(span.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset"))).isPositive();
	}

	@Test
	void marksADuplicate() {
		ProducerRecord<byte[], byte[]> doubled = traced("doubled", "a", 5);

		this.inbox.accept(batch(doubled, doubled));

		assertThat(this.spans.about("doubled")).extracting((span) -> attribute(span, "orderflow.outcome"))
			.containsExactlyInAnyOrder("applied", "duplicate");
	}

	@Test
	void recordsFailedTriesBeforeASuccess() {
		this.effects.when("traced-recovers", (event) -> {
			if (this.effects.triesOf(event.id()) < 3) {
				throw new IllegalStateException("Lindenstr. 1");
			}
		});

		this.inbox.accept(batch(traced("tried", "traced-recovers", 6), traced("beside-tried", "a", 7)));

		SpanData span = only(this.spans.about("tried"));
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
		assertThat(attribute(span, "orderflow.outcome")).isEqualTo("applied");
		assertThat(span.getEvents()).hasSize(2)
			.allSatisfy((event) -> assertThat(event.getAttributes().get(AttributeKey.stringKey("error.type")))
				.isEqualTo(IllegalStateException.class.getName()));
		assertThat(only(this.spans.about("beside-tried")).getEvents()).as("tries together").hasSize(1);
		assertThat(span.toString()).doesNotContain("Lindenstr");
	}

	@Test
	void endsTheSpanOfADeadLetterAsAnErrorAndSendsItsCopyAsItCame(CapturedOutput output) {
		this.effects.when("traced-poison", (event) -> {
			throw new IllegalStateException("Lindenstr. 2");
		});
		ProducerRecord<byte[], byte[]> poison = with(traced("traced-dead", "traced-poison", 8), "ce_correlationid",
				"story-8");

		this.inbox.accept(batch(traced("beside-dead", "a", 9), poison));

		SpanData span = only(this.spans.about("traced-dead"));
		assertThat(span.getTraceId()).isEqualTo(traceId(8));
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(attribute(span, "orderflow.outcome")).isEqualTo("dead-lettered");
		assertThat(attribute(span, "error.type")).isEqualTo(IllegalStateException.class.getName());
		assertThat(span.toString()).doesNotContain("Lindenstr");
		ConsumerRecord<byte[], byte[]> copy = awaitRecord(DLQ, "traced-dead");
		List<String> headers = describe(poison.headers());
		assertThat(describe(copy.headers()).subList(0, headers.size())).isEqualTo(headers);
		await().untilAsserted(() -> assertThat(only(this.spans.of(traceId(8), "send " + DLQ)).getParentSpanId())
			.isEqualTo(spanId(8)));
		assertThat(output.toString().lines().filter((line) -> line.contains("eventId=traced-dead")))
			.anySatisfy((line) -> assertThat(line).contains("dead letter: ", "correlationId=story-8",
					"traceId=" + traceId(8), "spanId=" + span.getSpanId()));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void endsTheSpanOfARecordThatCannotBeRead(CapturedOutput output) {
		this.inbox.accept(batch(
				with(anEvent("traced-unreadable", ThingEffects.THING, "no json"), "ce_traceparent", traceParent(10))));

		SpanData span = only(this.spans.about("traced-unreadable"));
		assertThat(span.getParentSpanId()).isEqualTo(spanId(10));
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(output.toString().lines().filter((line) -> line.contains("eventId=traced-unreadable")))
			.anySatisfy((line) -> assertThat(line).contains("dead letter: ", "traceId=" + traceId(10)));
	}

	@Test
	void marksAnEventThatAnOutageLeavesForRedelivery() {
		this.effects.when("traced-outage", (event) -> {
			if (this.effects.triesOf(event.id()) == 1) {
				throw new IllegalStateException("outage", new SQLException("gone", "08006"));
			}
		});
		RawBatch batch = batch(traced("left", "traced-outage", 11));

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.inbox.accept(batch));
		this.inbox.accept(batch);

		assertThat(this.spans.about("left")).extracting((span) -> attribute(span, "orderflow.outcome"))
			.containsExactly("unfinished", "applied");
		assertThat(this.spans.about("left")).extracting((span) -> span.getStatus().getStatusCode())
			.containsExactly(StatusCode.ERROR, StatusCode.UNSET);
	}

	@Test
	void givesAnEventThatAHandlerAppendsTheTraceOfItsCause() {
		List<String> caused = new ArrayList<>();
		this.effects.when("causes", (event) -> caused.add(append(event)));

		this.inbox.accept(
				batch(traced("cause-1", "causes", 12), traced("no-cause", "a", 13), traced("cause-2", "causes", 14)));

		assertThat(caused).hasSize(2);
		assertContinued(caused.get(0), "cause-1", 12);
		assertContinued(caused.get(1), "cause-2", 14);
	}

	@Test
	void sendsWithinTheTraceInWhichAnEventWasAppended() {
		Span request = this.openTelemetry.getTracer("test")
			.spanBuilder("request")
			.setParent(TraceParent.read(with(aThing("any", "a"), "ce_traceparent", traceParent(15)).headers()))
			.startSpan();
		CloudEvent event;
		try (Scope _ = request.makeCurrent()) {
			event = this.transaction.execute((status) -> this.outbox.append(aParcel("appended-1", null)));
		}
		finally {
			request.end();
		}

		assertThat(event.getExtension("traceparent"))
			.isEqualTo("00-%s-%s-01".formatted(traceId(15), request.getSpanContext().getSpanId()));
		assertThat(text(awaitRecord(PARCELS, "appended-1").headers().lastHeader("ce_traceparent").value()))
			.isEqualTo(event.getExtension("traceparent"));
		await().untilAsserted(() -> {
			SpanData send = only(this.spans.of(traceId(15), "send " + PARCELS));
			assertThat(send.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
			assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(attribute(send, "messaging.destination.partition.id")).isNotNull();
		});
	}

	@Test
	void namesTheEventOfARowThatItParks(CapturedOutput output) {
		CloudEvent event = this.transaction
			.execute((status) -> this.outbox.append(new OutgoingEvent("not a topic", "parked-1", "test.parcel.v1",
					URI.create("/schemas/parcel/1.0.0"), new Thing("a", 1), "story-parked", null)));

		await().until(() -> output.toString()
			.lines()
			.anyMatch((line) -> line.contains("outbox row parked: ") && line.contains("eventId=" + event.getId())
					&& line.contains("correlationId=story-parked")));
	}

	@Test
	void exportsNoSpanOfATraceThatWasNotSampledAtItsStart() {
		this.inbox.accept(batch(
				with(aThing("unsampled", "a"), "ce_traceparent", "00-%s-%s-00".formatted(traceId(16), spanId(16)))));

		assertThat(this.effects.effectsOf("unsampled")).isEqualTo(1);
		assertThat(this.spans.about("unsampled")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "00-00000000000000000000000000000000-0000000000000000-01",
			"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
			"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
			"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "\0" })
	void appliesAnEventWhoseTraceparentCannotBeRead(String traceParent) {
		String id = "malformed-" + offsets.incrementAndGet();
		ProducerRecord<byte[], byte[]> malformed = with(aThing(id, "a"), "ce_traceparent", traceParent);

		this.inbox.accept(batch(malformed, aThing(id + "-none", "a"), traced(id + "-beside", "a", 17)));

		assertThat(this.effects.effectsOf(id)).isEqualTo(1);
		assertThat(this.effects.effectsOf(id + "-none")).isEqualTo(1);
		assertThat(only(this.spans.about(id + "-beside")).getParentSpanId()).isEqualTo(spanId(17));
	}

	private String append(ReceivedEvent<Thing> cause) {
		return String.valueOf(this.outbox.append(aParcel("of-" + cause.id(), cause.id())).getExtension("traceparent"));
	}

	private static OutgoingEvent aParcel(String subject, String causationId) {
		return new OutgoingEvent(PARCELS, subject, "test.parcel.v1", URI.create("/schemas/parcel/1.0.0"),
				new Thing("a", 1), "story", causationId);
	}

	private void assertContinued(String traceParent, String cause, int trace) {
		String spanId = only(this.spans.about(cause)).getSpanId();
		assertThat(traceParent).as("caused by " + cause).isEqualTo("00-%s-%s-01".formatted(traceId(trace), spanId));
	}

	private static ProducerRecord<byte[], byte[]> traced(String id, String name, int trace) {
		return with(aThing(id, name), "ce_traceparent", traceParent(trace));
	}

	private static String traceParent(int trace) {
		return "00-%s-%s-01".formatted(traceId(trace), spanId(trace));
	}

	private static String traceId(int trace) {
		return "%032x".formatted(trace);
	}

	private static String spanId(int trace) {
		return "%016x".formatted(trace);
	}

	@SafeVarargs
	private static RawBatch batch(ProducerRecord<byte[], byte[]>... records) {
		List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
		for (ProducerRecord<byte[], byte[]> record : records) {
			polled.add(polled(record, offsets.incrementAndGet()));
		}
		return new RawBatch(polled);
	}

	private static ConsumerRecord<byte[], byte[]> awaitRecord(String topic, String key) {
		await().until(() -> !recordsOf(topic, key).isEmpty());
		return recordsOf(topic, key).getFirst();
	}

	private static List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic, String key) {
		return TopicReader.read(topic).stream().filter((record) -> Arrays.equals(record.key(), bytes(key))).toList();
	}

	private static String attribute(SpanData span, String name) {
		return span.getAttributes().get(AttributeKey.stringKey(name));
	}

	private static SpanData only(List<SpanData> spans) {
		assertThat(spans).hasSize(1);
		return spans.getFirst();
	}

}
