package dev.orderflow.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderPlaced;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PoisonRecordsTests {

	private static final UUID ORDER = UUID.fromString("01981c7e-0000-7000-8000-000000000001");

	private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

	private static final Schema SCHEMA = schema();

	private final PoisonRecords records = new PoisonRecords(Clock.fixed(NOW, ZoneOffset.UTC));

	@ParameterizedTest
	@EnumSource
	void haveTheKeyOfTheOrderAndNameTheirKind(PoisonKind kind) {
		ProducerRecord<byte[], byte[]> record = this.records.record(kind, ORDER);

		assertThat(record.topic()).isEqualTo("orders");
		assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(ORDER.toString());
		assertThat(new String(record.headers().lastHeader("poison-kind").value(), StandardCharsets.UTF_8))
			.isEqualTo(kind.label());
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NO_HEADERS")
	void areEventsOfTheOrderExceptForTheirDefect(PoisonKind kind) {
		CloudEvent event = event(kind);

		assertThat(event.getType()).isEqualTo(EventType.ORDER_PLACED.type());
		assertThat(event.getSubject()).isEqualTo(ORDER.toString());
		assertThat(event.getId()).isNotEqualTo(event(kind).getId());
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "NO_JSON", "WRONG_SCHEMA" })
	void carryValidDataExceptForTheirDefect(PoisonKind kind) {
		assertThat(complaints(kind)).isEmpty();
		assertThat(JsonMapper.shared().readValue(data(kind), OrderPlaced.class).orderId()).isEqualTo(ORDER);
	}

	@Test
	void areNoJson() {
		assertThatThrownBy(() -> JsonMapper.shared().readTree(data(PoisonKind.NO_JSON)))
			.isInstanceOf(StreamReadException.class);
	}

	@Test
	void lackWhatTheSchemaRequires() {
		assertThat(complaints(PoisonKind.WRONG_SCHEMA)).contains("required");
	}

	@Test
	void areNoEventWithoutHeaders() {
		assertThatThrownBy(() -> event(PoisonKind.NO_HEADERS)).isInstanceOf(RuntimeException.class);
	}

	@Test
	void areOlderThanTheMarkerRetention() {
		assertThat(event(PoisonKind.TOO_OLD).getTime().toInstant())
			.isBefore(NOW.atOffset(ZoneOffset.UTC).minusDays(45).toInstant());
	}

	@Test
	void carryTextThatNoDatabaseStores() {
		OrderPlaced order = JsonMapper.shared().readValue(data(PoisonKind.UNSTORABLE), OrderPlaced.class);

		assertThat(order.lines()).allSatisfy((line) -> assertThat(line.sku()).contains("\0"));
	}

	@Test
	void areTheRequestedShareWithEquallyManyOfEachKind() {
		PoisonShare tenth = new PoisonShare(10);
		var kinds = IntStream.range(0, 900).mapToObj((good) -> tenth.next()).flatMap(Optional::stream).toList();

		// 900 valid records and 100 poison; rounding of ninths may delay the last one.
		assertThat(kinds).hasSizeBetween(99, 100);
		assertThat(kinds.subList(0, 95))
			.allSatisfy((kind) -> assertThat(kinds.subList(0, 95).stream().filter(kind::equals).count()).isEqualTo(19));
	}

	@Test
	void areOneForEachGoodRecordAtMost() {
		PoisonShare half = new PoisonShare(50);

		assertThat(IntStream.range(0, 10).mapToObj((good) -> half.next())).allMatch(Optional::isPresent);
	}

	private byte[] data(PoisonKind kind) {
		return this.records.record(kind, ORDER).value();
	}

	private CloudEvent event(PoisonKind kind) {
		ProducerRecord<byte[], byte[]> record = this.records.record(kind, ORDER);
		return KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
	}

	private String complaints(PoisonKind kind) {
		return String.join("\n",
				SCHEMA.validate(new String(data(kind), StandardCharsets.UTF_8), InputFormat.JSON)
					.stream()
					.map(Object::toString)
					.toList());
	}

	private static Schema schema() {
		try (InputStream schema = EventType.class.getResourceAsStream("/" + EventType.ORDER_PLACED.schemaResource())) {
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
				.getSchema(schema, InputFormat.JSON);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
