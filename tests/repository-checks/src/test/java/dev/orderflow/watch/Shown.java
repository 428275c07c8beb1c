package dev.orderflow.watch;

import java.util.Locale;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text and the colour that Grafana gives a value by the rules of its field: value
 * mappings, thresholds, {@code noValue}. A value that is missing or NaN has the colour of
 * the first threshold, which is green unless the dashboard says otherwise.
 */
record Shown(String text, String color) {

	private static final Set<String> GREENS = Set.of("green", "dark-green", "semi-dark-green", "light-green",
			"super-light-green");

	/** What a field shows that has this value, NaN for none. */
	static Shown of(JsonNode field, double value) {
		JsonNode mapped = mapped(field.path("mappings"), value);
		String text = Double.isNaN(value) ? field.path("noValue").asString("") : String.valueOf(value);
		return new Shown(mapped.path("text").asString(text),
				mapped.path("color").asString(color(field, Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value)));
	}

	/** A panel's defaults with what an override changes in them. */
	static JsonNode overridden(JsonNode defaults, JsonNode override) {
		ObjectNode field = JsonNodeFactory.instance.objectNode();
		defaults.properties().forEach((setting) -> field.set(setting.getKey(), setting.getValue()));
		for (JsonNode property : override.path("properties")) {
			field.set(property.path("id").asString(), property.path("value"));
		}
		return field;
	}

	boolean isGreen() {
		if (!this.color.startsWith("#")) {
			return GREENS.contains(this.color.toLowerCase(Locale.ROOT));
		}
		int rgb = Integer.parseInt(this.color.substring(1, 7), 16);
		int green = rgb >> 8 & 0xff;
		return green > (rgb >> 16) * 1.2 && green > (rgb & 0xff) * 1.2;
	}

	private static JsonNode mapped(JsonNode mappings, double value) {
		for (JsonNode mapping : mappings) {
			JsonNode options = mapping.path("options");
			boolean matches = switch (mapping.path("type").asString()) {
				case "special" ->
					Double.isNaN(value) && options.path("match").asString().matches("null|nan|null\\+nan");
				case "range" -> value >= number(options.path("from"), Double.NEGATIVE_INFINITY)
						&& value <= number(options.path("to"), Double.POSITIVE_INFINITY);
				default -> false;
			};
			if (matches) {
				return options.path("result");
			}
		}
		return mappings.path("none");
	}

	private static String color(JsonNode field, double value) {
		JsonNode mode = field.path("color");
		if (mode.path("mode").asString("thresholds").equals("fixed")) {
			return mode.path("fixedColor").asString();
		}
		String color = "green";
		for (JsonNode step : field.path("thresholds").path("steps")) {
			if (value >= number(step.path("value"), Double.NEGATIVE_INFINITY)) {
				color = step.path("color").asString();
			}
		}
		return color;
	}

	private static double number(JsonNode node, double other) {
		return node.isNumber() ? node.asDouble() : other;
	}

}
