package dev.orderflow.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orderflow.testservice.Thing;
import dev.orderflow.testservice.ThingEffects;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

class EventDecoderTests {

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	private final Tracer tracer = OpenTelemetry.noop().getTracer("test");

	private final EventDecoder<Thing> decoder = new EventDecoder<>(new Handler(), JsonMapper.builder().build(),
			new EventTime(Duration.ofDays(44), Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC)),
			(record) -> new EventSpan(this.tracer, "test-service", record));

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

	private static final class Handler implements EventHandler<Thing> {

		@Override
		public String name() {
			return "decoder-tests";
		}

		@Override
		public Map<String, Class<? extends Thing>> types() {
			return Map.of(ThingEffects.THING, Thing.class);
		}

		@Override
		public void handle(List<ReceivedEvent<Thing>> events) {
			throw new UnsupportedOperationException("Expected nothing to be handled, found " + events);
		}

	}

}
