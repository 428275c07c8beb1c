package dev.orderflow.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A release reads what earlier ones wrote, and earlier ones read what it writes. The
 * directory {@code released} has the schema and the golden sample of each type and
 * version that was ever released, as they were; a release adds its own and changes none.
 */
class ReleasedEventsTests {

	private static final Path RELEASED = Path.of("src/test/resources/released");

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void everyReleasedTypeIsStillRead() throws IOException {
		assertThat(released().map((directory) -> directory.getParent().getFileName().toString()).distinct())
			.hasSizeGreaterThanOrEqualTo(5)
			.isSubsetOf(Arrays.stream(EventType.values()).map(ReleasedEventsTests::nameOf).toList());
	}

	@ParameterizedTest
	@MethodSource("released")
	void thisReleaseReadsWhatAnEarlierOneWrote(Path released) throws IOException {
		String sample = Files.readString(released.resolve("sample.json"));

		assertThat(schema(resource(typeOf(released).schemaResource())).validate(sample, InputFormat.JSON)).isEmpty();
		assertThat(this.json.readValue(sample, typeOf(released).data())).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("released")
	void anEarlierReleaseReadsWhatThisOneWrites(Path released) throws IOException {
		String sample = resource(typeOf(released).sampleResource());

		assertThat(schema(Files.readString(released.resolve("schema.json"))).validate(sample, InputFormat.JSON))
			.isEmpty();
	}

	/** A field that was required stays, and a new one is optional. */
	@ParameterizedTest
	@MethodSource("released")
	void addsOnlyOptionalFields(Path released) throws IOException {
		JsonNode before = this.json.readTree(Files.readString(released.resolve("schema.json")));
		JsonNode now = this.json.readTree(resource(typeOf(released).schemaResource()));

		assertThat(textsOf(now.get("required"))).isEqualTo(textsOf(before.get("required")));
		before.get("properties")
			.properties()
			.forEach((field) -> assertThat(now.get("properties").get(field.getKey())).as(field.getKey())
				.isEqualTo(field.getValue()));
	}

	static Stream<Path> released() throws IOException {
		try (Stream<Path> files = Files.walk(RELEASED)) {
			return files.filter((file) -> file.endsWith("schema.json")).map(Path::getParent).sorted().toList().stream();
		}
	}

	private static EventType typeOf(Path released) {
		String name = released.getParent().getFileName().toString();
		return Arrays.stream(EventType.values()).filter((type) -> nameOf(type).equals(name)).findAny().orElseThrow();
	}

	private static String nameOf(EventType type) {
		return Path.of(type.schemaResource()).getParent().getFileName().toString();
	}

	private static Set<String> textsOf(JsonNode names) {
		return StreamSupport.stream(names.spliterator(), false)
			.map(JsonNode::asString)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Schema schema(String text) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text, InputFormat.JSON);
	}

	private static String resource(String name) throws IOException {
		return Files.readString(Path.of("src/main/resources", name));
	}

}
