package dev.orderflow.scaling.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.orderflow.scaling.simulation.Cluster.Clocks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a {@link Recording} from YAML; docs/scaling.md describes the format. An error is
 * an {@link IllegalArgumentException} with file, line, what was expected and what was
 * found.
 */
public final class RecordingFile {

	private static final YAMLMapper MAPPER = new YAMLMapper();

	private static final String ARRIVALS = "arrivals";

	private static final String SETTINGS = "seconds, firstPollSecond, firstSyncSecond, syncPeriodSeconds, startSeconds, "
			+ "crowdedStartSeconds, perSecond, assignor or arrivals";

	private final Path file;

	private final Map<String, Entry> settings = new HashMap<>();

	private final Map<Integer, Long> arrivals = new TreeMap<>();

	private RecordingFile(Path file) {
		this.file = file;
	}

	/** Reads a file. */
	public static Recording read(Path file) {
		RecordingFile reading = new RecordingFile(file);
		try (JsonParser yaml = MAPPER.createParser(Files.readString(file))) {
			reading.readSettings(yaml);
			return reading.recording();
		}
		catch (JacksonException ex) {
			int line = (ex.getLocation() != null) ? ex.getLocation().getLineNr() : 1;
			throw reading.wrong(line, "YAML", String.valueOf(ex.getOriginalMessage()).lines().findFirst().orElse(""));
		}
		catch (CharacterCodingException ex) {
			throw reading.wrong(1, "text in UTF-8", "other bytes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readSettings(JsonParser yaml) {
		require(yaml.nextToken() == JsonToken.START_OBJECT, yaml, "settings as name: value");
		while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = yaml.currentName();
			require(("," + SETTINGS.replace(" or ", ",").replace(" ", "") + ",").contains("," + name + ","), yaml,
					SETTINGS);
			require(!this.settings.containsKey(name), yaml, name + " only once");
			yaml.nextToken();
			this.settings.put(name, new Entry(line(yaml), String.valueOf(yaml.getString())));
			if (name.equals(ARRIVALS)) {
				readArrivals(yaml);
			}
			else {
				require(yaml.currentToken().isScalarValue(), yaml, "one value of " + name);
			}
		}
	}

	private void readArrivals(JsonParser yaml) {
		require(yaml.currentToken() == JsonToken.START_OBJECT, yaml, "arrivals as second: records");
		while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
			int second = Math
				.toIntExact(number(yaml, "a second of 0 to " + Recording.SECONDS_MAX, Recording.SECONDS_MAX));
			yaml.nextToken();
			long records = number(yaml, "a whole number of records", Integer.MAX_VALUE);
			require(this.arrivals.put(second, records) == null, yaml, "second " + second + " only once");
		}
	}

	private long number(JsonParser yaml, String expected, long most) {
		String text = String.valueOf(yaml.getString());
		require(text.matches("\\d{1,10}") && Long.parseLong(text) <= most, yaml, expected);
		return Long.parseLong(text);
	}

	private Recording recording() {
		int seconds = Math.toIntExact(Math.round(number("seconds", 1, Recording.SECONDS_MAX, null)));
		for (int second : this.arrivals.keySet()) {
			if (second >= seconds) {
				throw wrong(line(ARRIVALS), "arrivals before second " + seconds, String.valueOf(second));
			}
		}
		if (this.arrivals.isEmpty()) {
			throw wrong(line(ARRIVALS), "arrivals as second: records", "none");
		}
		Clocks clocks = new Clocks((int) number("firstPollSecond", 0, Recording.SECONDS_MAX, 0.0),
				(int) number("firstSyncSecond", 0, Recording.SECONDS_MAX, 0.0),
				number("syncPeriodSeconds", 1, 3600, 15.0));
		Cluster cluster = new Cluster(clocks, assignor(), number("crowdedStartSeconds", 0, 3600, 0.0));
		return new Recording(Recording.scenario(seconds, 1, this.arrivals), optional("startSeconds", 0),
				optional("perSecond", 1), cluster);
	}

	private @Nullable Integer optional(String name, int least) {
		return this.settings.containsKey(name) ? Integer.valueOf((int) number(name, least, 1_000_000, null)) : null;
	}

	private double number(String name, double least, double most, @Nullable Double otherwise) {
		Entry entry = this.settings.get(name);
		if (entry == null && otherwise != null) {
			return otherwise;
		}
		String expected = String.format(Locale.ROOT, "%s of %.0f to %.0f", name, least, most);
		boolean whole = !name.equals("syncPeriodSeconds") && !name.equals("crowdedStartSeconds");
		if (entry == null || !entry.value().matches(whole ? "\\d{1,9}" : "\\d{1,9}(\\.\\d+)?")) {
			throw wrong(line(name), expected, (entry == null) ? "none" : entry.value());
		}
		double value = Double.parseDouble(entry.value());
		if (value < least || value > most) {
			throw wrong(entry.line(), expected, entry.value());
		}
		return value;
	}

	private Assignor assignor() {
		Entry entry = this.settings.get("assignor");
		String name = (entry != null) ? entry.value() : "range";
		return switch (name) {
			case "range" -> Assignor.RANGE;
			case "uniform" -> Assignor.UNIFORM;
			default -> throw wrong(line("assignor"), "assignor range or uniform", name);
		};
	}

	private int line(String setting) {
		Entry entry = this.settings.get(setting);
		return (entry != null) ? entry.line() : 1;
	}

	private static int line(JsonParser yaml) {
		return yaml.currentTokenLocation().getLineNr();
	}

	private void require(boolean holds, JsonParser yaml, String expected) {
		if (!holds) {
			throw wrong(line(yaml), expected,
					(yaml.currentToken() != null) ? String.valueOf(yaml.getString()) : "none");
		}
	}

	private IllegalArgumentException wrong(int line, String expected, String found) {
		return new IllegalArgumentException("%s:%d: expected %s, found %s".formatted(this.file, line, expected, found));
	}

	private record Entry(int line, String value) {

	}

}
