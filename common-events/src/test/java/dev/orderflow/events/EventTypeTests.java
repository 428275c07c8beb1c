package dev.orderflow.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Every type has a schema, a golden sample that fits it, and a record that reads the
 * sample and writes it back.
 */
class EventTypeTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@EnumSource
	void goldenSampleFitsTheSchema(EventType type) {
		assertThat(schemaOf(type).validate(text(type.sampleResource()), InputFormat.JSON)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void schemaRefusesAnObjectWithoutTheRequiredFields(EventType type) {
		assertThat(schemaOf(type).validate("{}", InputFormat.JSON)).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void schemaIdIsTheDataSchemaOfTheType(EventType type) {
		JsonNode schema = this.json.readTree(text(type.schemaResource()));

		assertThat(schema.get("$id").asString()).isEqualTo(type.dataSchema().toString());
	}

	@ParameterizedTest
	@EnumSource
	void recordReadsTheGoldenSampleAndWritesItBack(EventType type) {
		String sample = text(type.sampleResource());

		Object data = this.json.readValue(sample, type.data());

		assertThat(this.json.readTree(this.json.writeValueAsString(data))).isEqualTo(this.json.readTree(sample));
	}

	@ParameterizedTest
	@EnumSource
	void recordRefusesDataWithoutItsFields(EventType type) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.json.readValue("{}", type.data()));
	}

	/**
	 * A laxer schema would accept an event that every consumer dead-letters.
	 */
	@Test
	void boundsAmountsInSchemaAndRecordAlike() {
		for (String field : List.of("unitPriceCents", "totalCents")) {
			String valid = text(EventType.ORDER_PLACED.sampleResource());
			String beyond = valid.replaceAll("\"%s\": *\\d+".formatted(field),
					"\"%s\": %d".formatted(field, OrderPlaced.CENTS_MAX + 1));

			assertThat(beyond).isNotEqualTo(valid);
			assertThat(schemaOf(EventType.ORDER_PLACED).validate(beyond, InputFormat.JSON)).isNotEmpty();
			assertThatExceptionOfType(JacksonException.class)
				.isThrownBy(() -> this.json.readValue(beyond, OrderPlaced.class));
		}
	}

	/** One amount at a time: beyond the bound, and consistent with all others. */
	@Test
	void recordNamesTheAmountThatIsBeyondItsBound() {
		OrderPlaced sample = this.json.readValue(text(EventType.ORDER_PLACED.sampleResource()), OrderPlaced.class);
		List<OrderPlaced.Line> twoLargest = List.of(new OrderPlaced.Line("SKU-A", 1, OrderPlaced.CENTS_MAX),
				new OrderPlaced.Line("SKU-B", 1, 1));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OrderPlaced.Line("SKU-A", 1, OrderPlaced.CENTS_MAX + 1))
			.withMessageContaining("unitPriceCents of SKU-A from 0 to 1000000000000");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OrderPlaced(sample.orderId(), sample.customerId(), twoLargest,
					OrderPlaced.CENTS_MAX + 1, sample.currency(), sample.shipTo(), sample.placedAt()))
			.withMessageContaining("sum of the lines from 0 to 1000000000000");
	}

	private static Schema schemaOf(EventType type) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(text(type.schemaResource()), InputFormat.JSON);
	}

	private static String text(String resource) {
		try (InputStream stream = EventTypeTests.class.getClassLoader().getResourceAsStream(resource)) {
			return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new AssertionError(resource, ex);
		}
	}

}
