package dev.orderflow.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orderflow.events.Topics;

/**
 * How much poison was sent.
 *
 * @param acknowledged number of records on the topic, by kind
 * @param lost number of records that were not acknowledged, and may or may not be on the
 * topic
 */
record PoisonTally(Map<PoisonKind, Long> acknowledged, long lost) {

	PoisonTally {
		acknowledged = Collections.unmodifiableMap(new EnumMap<>(acknowledged));
	}

	long total() {
		return this.acknowledged.values().stream().mapToLong(Long::longValue).sum();
	}

	String text() {
		String kinds = this.acknowledged.entrySet()
			.stream()
			.map((kind) -> "  %-14s%6d%n".formatted(kind.getKey().label(), kind.getValue()))
			.collect(Collectors.joining());
		String advice = ("Each consumer of order.placed must have %d more dead letters; the header %s names the kind.%n"
				+ "Other consumers of %s must have %d more: they skip what says that it is order.placed.%n")
			.formatted(total(), PoisonKind.HEADER, Topics.ORDERS,
					this.acknowledged.getOrDefault(PoisonKind.NO_HEADERS, 0L));
		String doubt = (this.lost == 0) ? ""
				: "The broker did not acknowledge %d records: they may or may not be on the topic.%n"
					.formatted(this.lost);
		return "%nPoison on the topic %s, by kind%n%s  %-14s%6d%n%s%s".formatted(Topics.ORDERS, kinds, "in all",
				total(), advice, doubt);
	}

}
