package dev.orderflow.scaling.manifest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The metadata of a trigger, as strings. KEDA ignores unknown keys, so that a misspelt
 * threshold silently becomes the default of 10; here an unknown key is an error.
 */
public final class TriggerMetadata {

	private final Map<String, String> values;

	private final Set<String> known = new LinkedHashSet<>();

	private TriggerMetadata(Map<String, String> values) {
		this.values = values;
	}

	/** Metadata from strings. */
	public static TriggerMetadata ofStrings(Map<String, String> values) {
		return new TriggerMetadata(Map.copyOf(values));
	}

	/**
	 * Metadata from YAML. Every value must be a string; the API server refuses others.
	 */
	static TriggerMetadata of(Map<String, JsonNode> given) {
		Map<String, String> values = new LinkedHashMap<>();
		given.forEach((name, value) -> {
			Require.that(value.isString(), "expected metadata.%s as a string in quotes, found %s", name, value);
			values.put(name, value.asString());
		});
		return new TriggerMetadata(values);
	}

	String text(String name) {
		return Require.present(optional(name), "metadata." + name);
	}

	@Nullable String optional(String name) {
		this.known.add(name);
		return this.values.get(name);
	}

	String textOr(String name, String otherwise) {
		return Objects.requireNonNullElse(optional(name), otherwise);
	}

	long count(String name, long otherwise) {
		return parsed(name, otherwise, Long::valueOf, "a whole number");
	}

	double number(String name, double otherwise) {
		return parsed(name, otherwise, Double::valueOf, "a number");
	}

	boolean flag(String name, boolean otherwise) {
		String value = optional(name);
		Require.that(value == null || value.equals("true") || value.equals("false"),
				"expected metadata.%s as true or false, found %s", name, value);
		return (value != null) ? value.equals("true") : otherwise;
	}

	String oneOf(String name, String otherwise, String... choices) {
		String value = textOr(name, otherwise);
		Require.that(Set.of(choices).contains(value), "expected metadata.%s as one of %s, found %s", name,
				String.join(", ", choices), value);
		return value;
	}

	void requireNoOther() {
		for (String name : this.values.keySet()) {
			Require.that(this.known.contains(name), "unknown metadata.%s: expected one of %s", name, this.known);
		}
	}

	private <T> T parsed(String name, T otherwise, Function<String, T> parser, String expected) {
		String value = optional(name);
		try {
			return (value != null) ? parser.apply(value) : otherwise;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("expected metadata.%s as %s, found %s".formatted(name, expected, value),
					ex);
		}
	}

}
