package dev.orderflow.inbox;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

import dev.orderflow.testservice.Thing;
import dev.orderflow.testservice.ThingEffects;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

class EventDecoderTests {

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	private final Tracer tracer = OpenTelemetry.noop().getTracer("test");

	private final EventDecoder<Thing> decoder = decoder(
			new Handler<>(Map.of(ThingEffects.THING, Thing.class), (thing) -> 1));

	@Test
	void readsAttributesAndData() {
		Inbound<Thing> inbound = decode(with(aThing("1", "a"), "ce_time", "2026-11-20T11:30:00+02:00"));

		assertThat(inbound).isInstanceOfSatisfying(Inbound.Event.class, (event) -> {
			assertThat(event.event().id()).isEqualTo("1");
			assertThat(event.event().source()).hasToString("/test");
			assertThat(event.event().type()).isEqualTo(ThingEffects.THING);
			assertThat(event.event().time()).isEqualTo("2026-11-20T09:30:00Z");
			assertThat(event.event().correlationId()).isNull();
			assertThat(event.event().data()).isEqualTo(new Thing("a", 1));
		});
	}

	@Test
	void readsTheCorrelationId() {
		Inbound<Thing> inbound = decode(with(at(NOW), "ce_correlationid", "story"));

		assertThat(inbound).isInstanceOfSatisfying(Inbound.Event.class,
				(event) -> assertThat(event.event().correlationId()).isEqualTo("story"));
	}

	@Test
	void acceptsEventsAtTheBoundsOfTheirAge() {
		assertThat(decode(at(NOW.minus(Duration.ofDays(44))))).isInstanceOf(Inbound.Event.class);
		assertThat(decode(at(NOW.plus(Duration.ofHours(1))))).isInstanceOf(Inbound.Event.class);
	}

	@Test
	void refusesAnOlderEvent() {
		assertThat(decode(at(NOW.minus(Duration.ofDays(44)).minusMillis(1)))).isInstanceOfSatisfying(
				Inbound.Defect.class, (defect) -> assertThat(defect.reason()).startsWith("Too old"));
	}

	@Test
	void refusesAnEventFurtherAhead() {
		assertThat(decode(at(NOW.plus(Duration.ofHours(1)).plusMillis(1)))).isInstanceOfSatisfying(Inbound.Defect.class,
				(defect) -> assertThat(defect.reason()).startsWith("Too far in the future"));
	}

	/** The clock of a paused virtual machine is behind, so the events are valid. */
	@Test
	void acceptsAnEventThatIsAheadOfOnlyTheConsumersClock() {
		Instant time = NOW.plus(Duration.ofHours(3));

		assertThat(decode(at(time), time.plusSeconds(1))).isInstanceOf(Inbound.Event.class);
		assertThat(decode(at(time), time.minus(Duration.ofHours(2)))).isInstanceOf(Inbound.Defect.class);
	}

	@Test
	void refusesEachAttributeThatIsNotUtf8() {
		for (String attribute : List.of("ce_id", "ce_source", "ce_type", "ce_correlationid")) {
			ProducerRecord<byte[], byte[]> record = with(at(NOW), attribute, null);
			record.headers().add(attribute, new byte[] { 'a', (byte) 0xc3, 'b' });

			assertThat(decode(record)).as(attribute)
				.isInstanceOfSatisfying(Inbound.Defect.class,
						(defect) -> assertThat(defect.reason()).contains(attribute + " is not valid UTF-8"));
		}
	}

	/** A library for JSON events on the class path would change what the reader does. */
	@ParameterizedTest
	@ValueSource(strings = { "application/cloudevents+json", "application/cloudevents+json; charset=UTF-8",
			"Application/CloudEvents+JSON", "application/cloudevents-batch+json" })
	void refusesStructuredModeByItsName(String contentType) {
		assertThat(decode(with(at(NOW), "content-type", contentType))).isInstanceOfSatisfying(Inbound.Defect.class,
				(defect) -> assertThat(defect.reason()).contains("structured mode", contentType));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x00, 0x09, 0x0A, 0x1F, 0x7F, 0x85 })
	void refusesControlCharactersInAttributes(int character) {
		for (String attribute : List.of("ce_id", "ce_source", "ce_type", "ce_subject", "ce_correlationid")) {
			ProducerRecord<byte[], byte[]> record = with(at(NOW), attribute, "/a" + (char) character);

			assertThat(decode(record)).as(attribute)
				.isInstanceOfSatisfying(Inbound.Defect.class, (defect) -> assertThat(defect.reason())
					.contains("%s contains the control character U+%04X".formatted(attribute, character)));
		}
	}

	@Test
	void refusesAnEmptyIdOrSource() {
		for (String attribute : List.of("ce_id", "ce_source")) {
			assertThat(decode(with(at(NOW), attribute, ""))).as(attribute)
				.isInstanceOfSatisfying(Inbound.Defect.class,
						(defect) -> assertThat(defect.reason()).contains(attribute + " is empty"));
		}
	}

	@Test
	void refusesAnAttributeWithoutAValue() {
		ProducerRecord<byte[], byte[]> record = at(NOW);
		record.headers().add("ce_subject", null);

		assertThat(decode(record)).isInstanceOfSatisfying(Inbound.Defect.class,
				(defect) -> assertThat(defect.reason()).contains("ce_subject has no value"));
	}

	@Test
	void leavesOutATraceContextThatCannotBeRead() {
		for (String attribute : List.of("traceparent", "tracestate")) {
			for (byte[] value : Arrays.asList(null, new byte[] { 0 }, new byte[] { '\n', 'a' }, new byte[] { -1 })) {
				ProducerRecord<byte[], byte[]> record = at(NOW);
				record.headers().add("ce_" + attribute, value);

				assertThat(decode(record)).as("%s %s", attribute, Arrays.toString(value))
					.isInstanceOfSatisfying(Inbound.Event.class,
							(event) -> assertThat(event.event().envelope().getExtension(attribute)).isNull());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1000000000-01-01T00:00:00Z", "9999999999999-01-01T00:00:00Z",
			"+999999999-12-31T23:59:59-18:00", "-999999999-01-01T00:00:00+18:00", "2026-11-20T10:00:00+99:00",
			"2026-02-30T10:00:00Z" })
	void refusesATimeThatNoClockShows(String time) {
		assertThat(decode(with(at(NOW), "ce_time", time))).isInstanceOf(Inbound.Defect.class);
	}

	@Test
	void refusesATimeInTheDataThatIsOutOfRange() {
		EventDecoder<Moment> moments = decoder(new Handler<>(Map.of("test.moment.v1", Moment.class), (moment) -> 1));

		for (String at : List.of("1e30", "9223372036854775807", "-9223372036854775808.5",
				"\"+1000000001-01-01T00:00:00Z\"")) {
			ProducerRecord<byte[], byte[]> record = with(anEvent("1", "test.moment.v1", "{\"at\": %s}".formatted(at)),
					"ce_time", NOW.toString());

			assertThat(moments.decode(polled(record, 1))).as(at)
				.isInstanceOfSatisfying(Inbound.Defect.class,
						(defect) -> assertThat(defect.reason()).startsWith("Invalid data of test.moment.v1")
							.endsWith(" at at"));
		}
	}

	@Test
	void refusesAnEventWhoseWorkIsAtATimeOutOfRange() {
		EventDecoder<Moment> moments = decoder(new Handler<>(Map.of("test.moment.v1", Moment.class), (moment) -> {
			throw new DateTimeException("Instant exceeds minimum or maximum instant");
		}));
		ProducerRecord<byte[], byte[]> record = with(anEvent("1", "test.moment.v1", "{}"), "ce_time", NOW.toString());

		assertThat(moments.decode(polled(record, 1))).isInstanceOfSatisfying(Inbound.Defect.class,
				(defect) -> assertThat(defect.reason()).startsWith("A time is out of range"));
	}

	@Test
	void skipsAnotherTypeWithoutReadingItsData() {
		assertThat(decode(with(anEvent("1", "test.thing.v2", "no json"), "ce_time", null))).isInstanceOfSatisfying(
				Inbound.Skipped.class, (skipped) -> assertThat(skipped.type()).isEqualTo("test.thing.v2"));
	}

	private Inbound<Thing> decode(ProducerRecord<byte[], byte[]> record) {
		return this.decoder.decode(polled(record, 1));
	}

	private Inbound<Thing> decode(ProducerRecord<byte[], byte[]> record, Instant appended) {
		return this.decoder.decode(new ConsumerRecord<>(record.topic(), 0, 1, appended.toEpochMilli(),
				TimestampType.LOG_APPEND_TIME, 0, 0, record.key(), record.value(), record.headers(), Optional.empty()));
	}

	private static ProducerRecord<byte[], byte[]> at(Instant time) {
		return with(aThing("1", "a"), "ce_time", time.toString());
	}

	private <E> EventDecoder<E> decoder(Handler<E> handler) {
		return new EventDecoder<>(handler, JsonMapper.builder().build(),
				new EventTime(Duration.ofDays(44), Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC)),
				(record) -> new EventSpan(this.tracer, "test-service", record));
	}

	private record Moment(Instant at) {
	}

	private record Handler<E>(Map<String, Class<? extends E>> types, ToIntFunction<E> work) implements EventHandler<E> {

		@Override
		public String name() {
			return "decoder-tests";
		}

		@Override
		public int workOf(E event) {
			return this.work.applyAsInt(event);
		}

		@Override
		public void handle(List<ReceivedEvent<E>> events) {
			throw new UnsupportedOperationException("Expected nothing to be handled, found " + events);
		}

	}

}
