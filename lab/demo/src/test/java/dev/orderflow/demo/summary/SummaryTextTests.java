package dev.orderflow.demo.summary;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTextTests {

	private static final Summary.Consumer INVENTORY = new Summary.Consumer("inventory-service", OptionalLong.of(1234),
			OptionalLong.of(7), Optional.of(new EventAge.Measured(Duration.ofMillis(48))), OptionalLong.of(2));

	private static final Summary.Consumer SILENT = new Summary.Consumer("recommendation-service", OptionalLong.empty(),
			OptionalLong.of(90), Optional.empty(), OptionalLong.empty());

	private static final Summary SUMMARY = new Summary(LocalTime.of(9, 5, 7, 123),
			Optional.of(new Summary.Orders(1241, 1050, 50, 100, 11)), OptionalLong.of(3), OptionalLong.of(0),
			List.of(INVENTORY, SILENT));

	private static final Summary NOTHING_ANSWERS = new Summary(LocalTime.NOON, Optional.empty(), OptionalLong.empty(),
			OptionalLong.empty(), List.of(SILENT));

	@Test
	void showsADashForASourceThatDidNotAnswer() {
		assertThat(SummaryText.table(SUMMARY, List.of())).containsExactly("09:05:07   orders 1241   outbox pending 3",
				"orders confirmed 1050   shipped 100", "rejected 50 (4.2 %)   cancelled 11",
				"consumer                    processed        lag      age p99   dead letters",
				"inventory-service                1234          7        48 ms              2",
				"recommendation-service              -         90            -              -");
		assertThat(SummaryText.table(NOTHING_ANSWERS, List.of())).first()
			.isEqualTo("12:00:00   orders -   outbox pending -");
		assertThat(SummaryText.table(NOTHING_ANSWERS, List.of())).element(1)
			.isEqualTo("orders confirmed -   shipped -");
	}

	@Test
	void showsParkedRowsOnlyIfThereAreAny() {
		Summary parked = new Summary(LocalTime.NOON, Optional.of(new Summary.Orders(1, 0, 0, 0, 0)), OptionalLong.of(0),
				OptionalLong.of(4), List.of());

		assertThat(SummaryText.table(parked, List.of())).first().asString().endsWith("parked 4");
	}

	@Test
	void fitsEightyColumnsWithLargeFiguresAndLongNotes() {
		Summary.Consumer large = new Summary.Consumer("recommendation-service", OptionalLong.of(999_999_999),
				OptionalLong.of(99_999_999), Optional.of(new EventAge.Beyond(Duration.ofSeconds(30))),
				OptionalLong.of(9_999_999));
		Summary summary = new Summary(LocalTime.NOON,
				Optional.of(new Summary.Orders(999_999_999, 499_999_999, 499_999_999, 499_999_999, 499_999_999)),
				OptionalLong.of(99_999_999), OptionalLong.of(9_999_999), List.of(large));
		List<String> notes = List.of("ENDED: inventory-service with status 137, see " + "/a-directory".repeat(8));

		List<String> table = SummaryText.table(summary, notes);

		assertThat(table).allMatch((line) -> line.length() <= 80);
		assertThat(table).element(4).asString().contains("> 30.0 s");
		assertThat(String.join("", table).replace(" ", "")).contains("/a-directory".repeat(8));
		assertThat(table).contains("ENDED: inventory-service with status 137, see");
	}

	@Test
	void saysIdleWhereThereWasNoEvent() {
		Summary.Consumer idle = new Summary.Consumer("x", OptionalLong.of(0), OptionalLong.of(0),
				Optional.of(new EventAge.Idle()), OptionalLong.of(0));

		assertThat(SummaryText.table(new Summary(LocalTime.NOON, Optional.of(new Summary.Orders(0, 0, 0, 0, 0)),
				OptionalLong.of(0), OptionalLong.of(0), List.of(idle)), List.of()))
			.last()
			.asString()
			.contains("idle");
	}

	@Test
	void putsEverythingOnOneLineForALog() {
		assertThat(SummaryText.line(SUMMARY, List.of("a note"))).isEqualTo(
				"09:05:07 placed=1241 confirmed=1050 rejected=50 shipped=100 cancelled=11 outboxPending=3 outboxParked=0"
						+ " | inventory-service processed=1234 lag=7 ageP99=48ms deadLetters=2"
						+ " | recommendation-service processed=- lag=90 ageP99=- deadLetters=- | a note");
	}

	@Test
	void drawsTheNextTableOverTheLastOne() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Screen screen = new Screen(new PrintStream(bytes, false, StandardCharsets.UTF_8), true);

		screen.show(SUMMARY, List.of("a note"));
		bytes.reset();
		screen.show(SUMMARY, List.of());

		String drawn = bytes.toString(StandardCharsets.UTF_8);
		assertThat(drawn).as("moves seven lines up, because there was a note").contains("\r\u001b[7A09:05:07");
		assertThat(List.of(drawn.split("\n"))).hasSize(7)
			.last()
			.asString()
			.as("the note disappears")
			.startsWith("\u001b[J");

		screen.close();
		bytes.reset();
		screen.show(SUMMARY, List.of());
		assertThat(bytes.size()).as("output after closing").isZero();
	}

	@Test
	void writesNoEscapeSequenceWhereThereIsNoTerminal() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Screen screen = new Screen(new PrintStream(bytes, false, StandardCharsets.UTF_8), false);

		screen.show(SUMMARY, List.of());
		screen.show(SUMMARY, List.of());
		screen.close();

		assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b", "\r").hasLineCount(2);
	}

}
