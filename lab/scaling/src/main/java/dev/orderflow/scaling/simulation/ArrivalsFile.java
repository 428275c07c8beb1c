package dev.orderflow.scaling.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.TreeMap;

/**
 * Reads a {@link Recording} from CSV: a time or an offset in seconds, and the number of
 * events. Lines of the same second are added. The events of a line arrive evenly within
 * the smallest distance between two lines, so that counts by minute and single orders are
 * both fine; a second without a line has no events. An error is an
 * {@link IllegalArgumentException} with file, line, what was expected and what was found.
 */
public final class ArrivalsFile {

	private static final String TIME = "time,events";

	private static final String SECOND = "second,events";

	/* As PostgreSQL prints it, too: with a blank, and an offset of hours. */
	private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.appendPattern("['T'][' ']")
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.parseLenient()
		.appendOffset("+HH:mm", "Z")
		.toFormatter();

	private final Path file;

	private final TreeMap<Long, Long> events = new TreeMap<>();

	private int line = 1;

	private ArrivalsFile(Path file) {
		this.file = file;
	}

	/** Reads a file. */
	public static Recording read(Path file) {
		ArrivalsFile reading = new ArrivalsFile(file);
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			return reading.read(lines);
		}
		catch (CharacterCodingException ex) {
			throw reading.wrong("text in UTF-8", "other bytes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Recording read(BufferedReader lines) throws IOException {
		String first = lines.readLine();
		String header = (first != null) ? first.replaceAll("[\uFEFF\" ]", "") : "nothing";
		require(header.equals(TIME) || header.equals(SECOND), "the header " + TIME + " or " + SECOND, header);
		for (String text = lines.readLine(); text != null; text = lines.readLine()) {
			this.line++;
			if (!text.isBlank()) {
				add(text.replace("\"", ""), header.equals(TIME));
			}
		}
		require(!this.events.isEmpty(), "at least one line of arrivals", "none");
		return recording(header.equals(TIME) ? this.events.firstKey() : 0);
	}

	private void add(String text, boolean isTime) {
		String[] cells = text.split(",", -1);
		require(cells.length == 2, "two cells, as in the header", String.valueOf(cells.length));
		String at = cells[0].strip();
		String count = cells[1].strip();
		require(count.matches("\\d{1,9}"), "a whole number of events", count);
		this.events.merge(isTime ? time(at) : second(at), Long.parseLong(count), Long::sum);
		long first = isTime ? this.events.firstKey() : 0;
		require(this.events.lastKey() - first < Recording.SECONDS_MAX, "lines within a day", at);
	}

	private long time(String text) {
		try {
			return OffsetDateTime.parse(text, TIMESTAMP).toEpochSecond();
		}
		catch (DateTimeParseException ex) {
			throw wrong("a time with its zone, such as 2026-11-30T12:00:00Z", text);
		}
	}

	private long second(String text) {
		require(text.matches("\\d{1,9}(\\.\\d{1,9})?"), "an offset in seconds", text);
		return (long) Double.parseDouble(text);
	}

	private Recording recording(long first) {
		int step = step();
		TreeMap<Integer, Double> rates = new TreeMap<>();
		this.events.forEach((second, count) -> rates.put(Math.toIntExact(second - first), count.doubleValue() / step));
		return Recording.of(Math.min(rates.lastKey() + step, Recording.SECONDS_MAX), step, rates);
	}

	private int step() {
		long least = Recording.SECONDS_MAX;
		Long before = null;
		for (Long second : this.events.keySet()) {
			least = (before != null) ? Math.min(least, second - before) : least;
			before = second;
		}
		return (this.events.size() > 1) ? Math.toIntExact(least) : 1;
	}

	private void require(boolean holds, String expected, String found) {
		if (!holds) {
			throw wrong(expected, found);
		}
	}

	private IllegalArgumentException wrong(String expected, String found) {
		return new IllegalArgumentException(
				"%s:%d: expected %s, found %s".formatted(this.file, this.line, expected, found));
	}

}
