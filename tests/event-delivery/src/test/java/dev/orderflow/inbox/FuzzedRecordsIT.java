package dev.orderflow.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.orderflow.testservice.ThingEffects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: every record ends as applied, duplicate, skipped or dead letter, and sound
 * records are applied once. Method: events with random headers, keys and data; each
 * failure names the seed, and {@code -Dorderflow.test.seed} repeats it.
 */
class FuzzedRecordsIT extends InboxTest {

	private static final int RECORDS = 3000;

	private static final int SOUND_EACH = 10;

	private static final List<String> DATA = List.of("", "null", "{}", "[]", "\"\"", "{\"name\": null, \"amount\": 1}",
			"{\"name\": \"a\", \"amount\": 99999999999999999999}", "{\"name\": \"a\", \"amount\": 1.5}",
			"{\"name\": \"\\u0000\", \"amount\": 1}", "{\"name\": \"\\ud800\", \"amount\": 1}", "[".repeat(5000),
			"{\"name\": \"a\", \"amount\": -2147483648}", "{\"a\": 1, \"a\": 2}");

	private static final List<String> TEXTS = List.of("", " ", "\0", "x".repeat(3000), "\u202e", "1.0", "0.3",
			ThingEffects.THING, "test.other.v1", "2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0000-00-00", "::::",
			"http://[", "/test");

	@Test
	void endsAsOneOfFourOutcomesAndHarmsNoSoundRecord() {
		long seed = Long.getLong("orderflow.test.seed", 20_261_128L);
		Random random = new Random(seed);
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < RECORDS; i++) {
			records.add((i % SOUND_EACH == 0) ? aThing("sound-" + i, "a") : mutated(random, "fuzzed-" + i));
		}
		double before = outcomes();

		writeAndAwaitConsumed(records);

		assertThat(outcomes() - before).as("outcomes of seed %d", seed).isEqualTo(RECORDS);
		for (int i = 0; i < RECORDS; i += SOUND_EACH) {
			assertThat(this.effects.effectsOf("sound-" + i)).as("seed %d, record %d", seed, i).isEqualTo(1);
		}
	}

	private double outcomes() {
		return count("applied") + count("duplicate") + count("skipped") + count("dead-lettered");
	}

	private static ProducerRecord<byte[], byte[]> mutated(Random random, String id) {
		ProducerRecord<byte[], byte[]> event = anEvent(id, ThingEffects.THING,
				(random.nextInt(3) == 0) ? pick(random, DATA) : text(aThing(id, "a").value()));
		byte[] key = switch (random.nextInt(4)) {
			case 0 -> null;
			case 1 -> random(random, 64);
			default -> event.key();
		};
		byte[] value = switch (random.nextInt(6)) {
			case 0 -> null;
			case 1 -> random(random, 200);
			default -> event.value();
		};
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(event.topic(), event.partition(), key, value);
		for (Header header : event.headers()) {
			switch (random.nextInt(12)) {
				case 0 -> record.headers().add(header.key(), null);
				case 1 -> record.headers().add(header.key(), random(random, 20));
				case 2 -> record.headers().add(header.key(), bytes(pick(random, TEXTS)));
				case 3 -> record.headers().add(header).add(header);
				case 4 -> record.headers().add(pick(random, TEXTS), header.value());
				default -> record.headers().add(header);
			}
		}
		return record;
	}

	private static byte[] random(Random random, int lengthMax) {
		byte[] bytes = new byte[random.nextInt(lengthMax)];
		random.nextBytes(bytes);
		return bytes;
	}

	private static <T> T pick(Random random, List<T> among) {
		return among.get(random.nextInt(among.size()));
	}

}
