package dev.orderflow.inbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.orderflow.test.FuzzedRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: every record ends as applied, duplicate, skipped or dead letter, and sound
 * records are applied once. Method: {@link FuzzedRecords} among sound ones; each failure
 * names the seed, and {@code -Dorderflow.test.seed} repeats it.
 */
class FuzzedRecordsIT extends InboxTest {

	private static final int RECORDS = 3000;

	private static final int SOUND_EACH = 10;

	@Test
	void endsAsOneOfFourOutcomesAndHarmsNoSoundRecord() {
		long seed = Long.getLong("orderflow.test.seed", 20_261_128L);
		FuzzedRecords fuzzed = new FuzzedRecords(seed, Clock.systemUTC());
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < RECORDS; i++) {
			records.add((i % SOUND_EACH == 0) ? aThing("sound-" + i, "a") : fuzzed.of(aThing("fuzzed-" + i, "a")));
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

}
