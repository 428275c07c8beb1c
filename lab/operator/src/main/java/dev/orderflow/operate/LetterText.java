package dev.orderflow.operate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A letter with its content, as text. */
final class LetterText {

	private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final int UNCUT = 2000;

	private LetterText() {
	}

	static String of(JsonNode content) {
		JsonNode letter = content.path("letter");
		StringBuilder text = new StringBuilder();
		line(text, "Letter", "%s, %s%s".formatted(cell(letter, "id"), cell(letter, "state"),
				letter.path("resolution").isNull() ? "" : " (" + cell(letter, "resolution") + ")"));
		line(text, "Reason", cell(letter, "reason"));
		line(text, "Tries", "%s, redriven %s times".formatted(cell(letter, "attempts"), cell(letter, "redrives")));
		line(text, "Dead since", Table.time(letter, "deadAt"));
		line(text, "Origin", "%s, partition %s, offset %s".formatted(cell(letter, "topic"), cell(letter, "partition"),
				cell(letter, "offset")));
		line(text, "Key", cell(letter, "key"));
		line(text, "Handler", cell(letter, "handler"));
		line(text, "Trace", cell(content, "traceId"));
		text.append("Headers%n".formatted());
		content.path("headers")
			.forEach((header) -> text.append("  %s: %s%n".formatted(cell(header, "name"), cell(header, "value"))));
		boolean shown = !content.path("data").isNull();
		text.append("Data, %s bytes%s%n".formatted(cell(letter, "bytes"),
				shown ? ", personal values masked" : ", not shown: " + cell(content, "dataNotShown")));
		if (shown) {
			text.append(PRETTY.writeValueAsString(content.path("data")).indent(2));
		}
		Table audit = new Table("  AT", "BY", "ACTION", "OUTCOME");
		content.path("audit")
			.forEach((row) -> audit.add("  " + Table.time(row, "at"), cell(row, "operator"), cell(row, "action"),
					cell(row, "outcome")));
		return content.path("audit").isEmpty() ? text + "Nothing was done with it yet%n".formatted()
				: text + "What was done%n".formatted() + audit;
	}

	private static void line(StringBuilder text, String name, String value) {
		text.append("%-12s%s%n".formatted(name, value));
	}

	private static String cell(JsonNode node, String field) {
		return Table.cell(node, field, UNCUT);
	}

}
