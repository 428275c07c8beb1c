package dev.orderflow.demo.summary;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A summary in words: a table for people, a line for a log. */
final class SummaryText {

	/** The most columns that a line of the table has. */
	static final int COLUMNS = 80;

	private static final String UNKNOWN = "-";

	private static final String INDENT = "  ";

	private static final String ROW = "%-24s %12s %10s %12s %14s";

	private SummaryText() {
	}

	/**
	 * A table, each line of at most {@value #COLUMNS} columns.
	 * @param notes additional lines; long ones are wrapped
	 */
	static List<String> table(Summary summary, List<String> notes) {
		List<String> lines = new ArrayList<>();
		lines.add("%s   orders %s   outbox pending %s%s".formatted(time(summary.at()),
				orders(summary, Summary.Orders::placed), number(summary.outboxPending()), parked(summary)));
		lines.add("orders confirmed %s   shipped %s".formatted(orders(summary, Summary.Orders::confirmed),
				orders(summary, Summary.Orders::shipped)));
		lines.add("rejected %s%s   cancelled %s".formatted(orders(summary, Summary.Orders::rejected),
				percentRejected(summary), orders(summary, Summary.Orders::cancelled)));
		lines.add(ROW.formatted("consumer", "processed", "lag", "age p99", "dead letters"));
		for (Summary.Consumer consumer : summary.consumers()) {
			lines.add(ROW.formatted(consumer.name(), number(consumer.processed()), number(consumer.lag()),
					age(consumer), number(consumer.deadLetters())));
		}
		notes.forEach((note) -> lines.addAll(wrapped(note)));
		return lines;
	}

	/** One line with all figures and notes. */
	static String line(Summary summary, List<String> notes) {
		String consumers = summary.consumers()
			.stream()
			.map((consumer) -> " | %s processed=%s lag=%s ageP99=%s deadLetters=%s".formatted(consumer.name(),
					number(consumer.processed()), number(consumer.lag()), age(consumer).replace(" ", ""),
					number(consumer.deadLetters())))
			.collect(Collectors.joining());
		return "%s placed=%s confirmed=%s rejected=%s shipped=%s cancelled=%s outboxPending=%s outboxParked=%s%s%s"
			.formatted(time(summary.at()), orders(summary, Summary.Orders::placed),
					orders(summary, Summary.Orders::confirmed), orders(summary, Summary.Orders::rejected),
					orders(summary, Summary.Orders::shipped), orders(summary, Summary.Orders::cancelled),
					number(summary.outboxPending()), number(summary.outboxParked()), consumers,
					notes.stream().map((note) -> " | " + note).collect(Collectors.joining()));
	}

	private static String time(LocalTime at) {
		return at.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME);
	}

	private static String parked(Summary summary) {
		long parked = summary.outboxParked().orElse(0);
		return (parked > 0) ? "   parked " + parked : "";
	}

	private static String orders(Summary summary, ToLongFunction<Summary.Orders> figure) {
		return summary.orders().map((orders) -> Long.toString(figure.applyAsLong(orders))).orElse(UNKNOWN);
	}

	private static String percentRejected(Summary summary) {
		return summary.orders()
			.map((orders) -> String.format(Locale.ROOT, " (%.1f %%)", orders.percentRejected()))
			.orElse("");
	}

	private static String number(OptionalLong figure) {
		return figure.isPresent() ? Long.toString(figure.getAsLong()) : UNKNOWN;
	}

	private static String age(Summary.Consumer consumer) {
		return consumer.age().map((age) -> switch (age) {
			case EventAge.Idle() -> "idle";
			case EventAge.Measured(Duration p99) -> duration(p99);
			case EventAge.Beyond(Duration bound) -> "> " + duration(bound);
		}).orElse(UNKNOWN);
	}

	private static String duration(Duration duration) {
		long millis = duration.toMillis();
		return (millis < 1000) ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
	}

	/* Wraps between words; a word that is too long is split. */
	private static List<String> wrapped(String note) {
		List<String> lines = new ArrayList<>();
		String rest = note;
		while (rest.length() > COLUMNS) {
			int space = rest.lastIndexOf(' ', COLUMNS);
			int end = (space > INDENT.length()) ? space : COLUMNS;
			lines.add(rest.substring(0, end));
			rest = INDENT + rest.substring(end).stripLeading();
		}
		lines.add(rest);
		return lines;
	}

}
