package dev.orderflow.operator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orderflow.deadletter.LetterState;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; a component that is null or empty excludes none.
 *
 * @param states in one of these
 * @param ids one of these
 * @param topic the topic on which the record came first
 * @param type the CloudEvents type
 * @param key the record's key in UTF-8, which is the order id
 * @param reason a part of the reason, in upper or lower case
 * @param olderThan dead for longer than this
 * @param newerThan dead for less than this
 */
record LetterFilter(Set<LetterState> states, List<Long> ids, @Nullable String topic, @Nullable String type,
		@Nullable String key, @Nullable String handler, @Nullable String reason, @Nullable Duration olderThan,
		@Nullable Duration newerThan) {

	LetterFilter {
		states = Set.copyOf(states);
		ids = List.copyOf(ids);
	}

	LetterFilter withStates(Set<LetterState> other) {
		return new LetterFilter(other, this.ids, this.topic, this.type, this.key, this.handler, this.reason,
				this.olderThan, this.newerThan);
	}

	/** The conditions on {@code dead_letter}, with the values of their parameters. */
	Conditions conditions(Instant now) {
		List<String> conditions = new ArrayList<>();
		Map<String, Object> values = new LinkedHashMap<>();
		conditions.add("true");
		if (!this.states.isEmpty()) {
			conditions.add("state in (:states)");
			values.put("states", this.states.stream().map(Enum::name).toList());
		}
		if (!this.ids.isEmpty()) {
			conditions.add("id in (:ids)");
			values.put("ids", this.ids);
		}
		if (this.topic != null) {
			conditions.add("origin_topic = :topic");
			values.put("topic", this.topic);
		}
		if (this.type != null) {
			conditions.add("event_type = :type");
			values.put("type", this.type);
		}
		if (this.key != null) {
			// The first condition is that of the index.
			conditions.add("substring(message_key from 1 for 64) = substring(:key::bytea from 1 for 64)");
			conditions.add("message_key = :key");
			values.put("key", this.key.getBytes(StandardCharsets.UTF_8));
		}
		if (this.handler != null) {
			conditions.add("handler = :handler");
			values.put("handler", this.handler);
		}
		if (this.reason != null) {
			conditions.add("strpos(lower(reason), lower(:reason)) > 0");
			values.put("reason", this.reason);
		}
		if (this.olderThan != null) {
			conditions.add("dead_at < :olderThan");
			values.put("olderThan", OffsetDateTime.ofInstant(now.minus(this.olderThan), ZoneOffset.UTC));
		}
		if (this.newerThan != null) {
			conditions.add("dead_at > :newerThan");
			values.put("newerThan", OffsetDateTime.ofInstant(now.minus(this.newerThan), ZoneOffset.UTC));
		}
		return new Conditions(String.join("\n  and ", conditions), values);
	}

	/**
	 * Part of a statement.
	 *
	 * @param sql the conditions, joined by "and"
	 * @param values of its named parameters
	 */
	record Conditions(String sql, Map<String, Object> values) {
	}

}
