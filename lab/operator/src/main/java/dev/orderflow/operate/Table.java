package dev.orderflow.operate;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Lines of text in columns, each as wide as its widest cell; the last is not padded. */
final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	Table(String... headings) {
		this.rows.add(List.of(headings));
	}

	void add(String... cells) {
		this.rows.add(List.of(cells));
	}

	/** A field as text, cut to a width; "-" if it is absent. */
	static String cell(JsonNode node, String field, int width) {
		JsonNode value = node.path(field);
		String text = (value.isMissingNode() || value.isNull()) ? "-" : value.asString();
		return (text.length() > width) ? text.substring(0, width - 1) + "…" : text;
	}

	/** A time, to the second. */
	static String time(JsonNode node, String field) {
		String text = node.path(field).asString("-");
		return text.replaceFirst("\\.\\d+Z$", "Z");
	}

	@Override
	public String toString() {
		int columns = this.rows.getFirst().size();
		int[] widths = new int[columns];
		this.rows.forEach((row) -> {
			for (int i = 0; i < columns - 1; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		});
		StringBuilder text = new StringBuilder();
		for (List<String> row : this.rows) {
			for (int i = 0; i < columns - 1; i++) {
				text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
			}
			text.append(row.getLast()).append(System.lineSeparator());
		}
		return text.toString();
	}

}
