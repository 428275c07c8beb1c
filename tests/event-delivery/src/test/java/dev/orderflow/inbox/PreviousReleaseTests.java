package dev.orderflow.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.orderflow.events.Event;
import dev.orderflow.events.EventType;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.polled;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A consumer of the previous release beside this one: it takes the golden samples of the
 * types that it knows and skips the others, whatever topic they come on. (Module
 * common-events tests that its records read this release's samples, and the other way
 * round.)
 */
class PreviousReleaseTests {

	private static final Set<EventType> PREVIOUS = EnumSet.of(EventType.ORDER_PLACED, EventType.ORDER_CONFIRMED,
			EventType.ORDER_REJECTED, EventType.STOCK_RESERVED, EventType.STOCK_REJECTED);

	private final EventDecoder<Event> decoder = new EventDecoder<>(new Handler(), JsonMapper.builder().build(),
			new EventTime(Duration.ofDays(44), Duration.ofHours(1), Clock.systemUTC()),
			(record) -> new EventSpan(OpenTelemetry.noop().getTracer("test"), "previous", record));

	@ParameterizedTest
	@EnumSource
	void takesWhatItKnowsAndSkipsTheRest(EventType type) throws IOException {
		Inbound<Event> inbound = this.decoder.decode(polled(anEvent("1", type.type(), sample(type)), 1));

		assertThat(inbound).isInstanceOf(PREVIOUS.contains(type) ? Inbound.Event.class : Inbound.Skipped.class);
	}

	private static String sample(EventType type) throws IOException {
		try (InputStream sample = EventType.class.getClassLoader().getResourceAsStream(type.sampleResource())) {
			return new String(Objects.requireNonNull(sample, type.sampleResource()).readAllBytes(),
					StandardCharsets.UTF_8);
		}
	}

	private static final class Handler implements EventHandler<Event> {

		@Override
		public String name() {
			return "previous";
		}

		@Override
		public Map<String, Class<? extends Event>> types() {
			return EventType.typesOf(Event.class, PREVIOUS.toArray(EventType[]::new));
		}

		@Override
		public void handle(List<ReceivedEvent<Event>> events) {
			throw new UnsupportedOperationException("Expected nothing to be handled, found " + events);
		}

	}

}
