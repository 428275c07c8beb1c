package dev.orderflow.operator;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of an event without personal values. The rule, which knows no event:
 * everything in a field named {@code shipTo}, {@code address}, {@code recipient} or
 * {@code customer} is masked but its {@code country}, and so is each field, at any depth,
 * named {@code name}, {@code firstName}, {@code lastName}, {@code fullName},
 * {@code street}, {@code city}, {@code postalCode}, {@code zip}, {@code phone} or
 * {@code email}.
 */
final class MaskedData {

	/** What stands for a masked value. */
	static final String MASK = "***";

	/** The largest payload that is shown, in bytes. */
	static final int BYTES_MAX = 64 * 1024;

	/**
	 * The deepest payload that is shown, in levels. Masking is recursive, and the answer
	 * that contains the payload must not be deeper than the writer's limit of 500.
	 */
	static final int DEPTH_MAX = 100;

	private static final Set<String> PERSONAL = Set.of("name", "firstname", "lastname", "fullname", "street", "city",
			"postalcode", "zip", "phone", "email");

	private static final Set<String> PERSONAL_OBJECTS = Set.of("shipto", "address", "recipient", "customer");

	private static final String COUNTRY = "country";

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
			.build())
		.build();

	private MaskedData() {
	}

	/** Null if the payload is not JSON or too deep: nothing of it is shown then. */
	static @Nullable JsonNode of(byte[] payload) {
		try {
			JsonNode data = JSON.readTree(payload);
			mask(data, false);
			return data.isContainer() ? data : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static void mask(JsonNode node, boolean personal) {
		switch (node) {
			case ObjectNode object ->
				object.propertyNames().stream().toList().forEach((name) -> mask(object, name, personal));
			case ArrayNode array -> {
				for (int i = 0; i < array.size(); i++) {
					if (personal && !array.get(i).isContainer()) {
						array.set(i, MASK);
					}
					mask(array.get(i), personal);
				}
			}
			default -> {
			}
		}
	}

	private static void mask(ObjectNode object, String name, boolean personal) {
		String field = name.toLowerCase(Locale.ROOT);
		boolean isPersonal = PERSONAL.contains(field) || PERSONAL_OBJECTS.contains(field)
				|| (personal && !field.equals(COUNTRY));
		JsonNode value = object.get(name);
		if (value.isContainer()) {
			mask(value, isPersonal);
		}
		else if (isPersonal && !value.isNull()) {
			object.put(name, MASK);
		}
	}

}
