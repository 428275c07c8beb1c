package dev.orderflow.operate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Options that say which letters are meant. */
final class Selection {

	@Option(names = "--state", paramLabel = "STATE", description = "OPEN, REDRIVEN, PARKED, RESOLVED or PURGED.")
	private @Nullable String state;

	@Option(names = "--topic", paramLabel = "TOPIC", description = "The topic on which the record came first.")
	private @Nullable String topic;

	@Option(names = "--type", paramLabel = "TYPE", description = "The CloudEvents type.")
	private @Nullable String type;

	@Option(names = "--key", paramLabel = "KEY", description = "The record's key: the order id.")
	private @Nullable String key;

	@Option(names = "--handler", paramLabel = "NAME", description = "The handler that failed.")
	private @Nullable String handler;

	@Option(names = "--reason", paramLabel = "TEXT", description = "A part of the reason, in upper or lower case.")
	private @Nullable String reason;

	@Option(names = "--older-than", paramLabel = "DURATION", description = "Dead for longer: 90s, 15m, 1h, 2d.",
			converter = Durations.class)
	private @Nullable Duration olderThan;

	@Option(names = "--newer-than", paramLabel = "DURATION", description = "Dead for less.",
			converter = Durations.class)
	private @Nullable Duration newerThan;

	Map<String, String> filter() {
		Map<String, String> filter = new LinkedHashMap<>();
		put(filter, "state", this.state);
		put(filter, "topic", this.topic);
		put(filter, "type", this.type);
		put(filter, "key", this.key);
		put(filter, "handler", this.handler);
		put(filter, "reason", this.reason);
		put(filter, "olderThan", this.olderThan);
		put(filter, "newerThan", this.newerThan);
		return filter;
	}

	private static void put(Map<String, String> filter, String name, @Nullable Object value) {
		if (value != null) {
			filter.put(name, value.toString());
		}
	}

	/** As the query of a URL, with further parameters. */
	String query(Map<String, String> further) {
		Map<String, String> all = filter();
		all.putAll(further);
		return all.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", all.isEmpty() ? "" : "?", ""));
	}

	/** Adds ids, or the filter, to the body of an action. */
	void addTo(ObjectNode body, List<Long> ids, boolean all) {
		Map<String, String> filter = filter();
		if (!ids.isEmpty()) {
			if (!filter.isEmpty() || all) {
				throw new RefusedException(2, "Name ids or a filter, not both");
			}
			ids.forEach(body.putArray("ids")::add);
			return;
		}
		if (filter.isEmpty() && !all) {
			throw new RefusedException(2, "Which letters? Name ids, a filter like --reason, or --all");
		}
		ObjectNode node = body.putObject("filter");
		filter.forEach(node::put);
	}

}
