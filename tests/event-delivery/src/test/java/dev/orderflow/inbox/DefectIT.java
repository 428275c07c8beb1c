package dev.orderflow.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.test.TopicReader;
import dev.orderflow.testservice.ThingEffects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.text;
import static dev.orderflow.testservice.ThingRecords.to;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a defective record affects no other and is kept unchanged. Method: unreadable
 * records and failing handlers; then the dead letters, the DLQ and the effects of the
 * other records are read.
 */
class DefectIT extends InboxTest {

	@Test
	void setsAPoisonRecordAsideAndAppliesTheRestOnce() {
		this.effects.when("poison", (event) -> {
			throw new IllegalStateException("Expected no poison, found " + event.id());
		});
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(things("beside-poison-", 20));
		ProducerRecord<byte[], byte[]> poison = aThing("poison-1", "poison");
		poison.headers().add("repeated", bytes("1")).add("repeated", null).add("NUL \0", new byte[] { 0, -1 });
		records.add(10, poison);

		writeAndAwaitConsumed(records);

		assertAppliedOnce("beside-poison-", 20);
		assertThat(this.effects.effectsOf("poison-1")).isZero();
		var row = deadLetterOf("poison-1");
		assertThat(row).containsEntry("handler", SERVICE)
			.containsEntry("origin_topic", THINGS)
			.containsEntry("origin_partition", 0)
			.containsEntry("attempts", ATTEMPTS_MAX)
			.containsEntry("state", "OPEN")
			.containsEntry("payload", poison.value());
		assertThat(row.get("reason")).asString().contains("Expected no poison, found poison-1");
		ConsumerRecord<byte[], byte[]> dead = awaitDeadLetterRecord("poison-1");
		assertThat(dead.key()).isEqualTo(poison.key());
		assertThat(dead.value()).isEqualTo(poison.value());
		List<String> headers = describe(poison.headers());
		assertThat(describe(dead.headers()).subList(0, headers.size())).isEqualTo(headers);
		assertThat(header(dead, "dlq-reason")).contains("Expected no poison");
		assertThat(header(dead, "dlq-attempts")).isEqualTo(Integer.toString(ATTEMPTS_MAX));
		assertThat(header(dead, "dlq-handler")).isEqualTo(SERVICE);
		assertThat(Instant.parse(header(dead, "dlq-dead-at"))).isNotNull();
		assertThat(header(dead, "dlq-origin-topic")).isEqualTo(THINGS);
		assertThat(header(dead, "dlq-origin-partition")).isEqualTo("0");
		assertThat(header(dead, "dlq-origin-offset")).isEqualTo(row.get("origin_offset").toString());
	}

	@Test
	void triesALonePoisonRecordAttemptsMaxTimes() {
		this.effects.when("counted", (event) -> {
			throw new IllegalStateException("always");
		});

		double retries = retries("defect");

		this.inbox.accept(batch(aThing("counted-1", "counted")));

		assertThat(this.effects.triesOf("counted-1")).isEqualTo(ATTEMPTS_MAX);
		assertThat(retries("defect") - retries).as("the first try is not a retry").isEqualTo(ATTEMPTS_MAX - 1);
	}

	@Test
	void appliesAnEventThatFailsFewerTimesThanTried() {
		this.effects.when("recovers", (event) -> {
			if (this.effects.triesOf(event.id()) < ATTEMPTS_MAX) {
				throw new IllegalStateException("not yet");
			}
		});

		this.inbox.accept(batch(aThing("recovers-1", "recovers")));

		assertThat(this.effects.effectsOf("recovers-1")).isEqualTo(1);
		assertThat(deadLettersOf("recovers-1")).isZero();
	}

	@Test
	void setsEveryKindOfUnreadableRecordAsideAndAppliesTheRest() {
		String tooOld = Instant.now().minus(Duration.ofDays(46)).toString();
		ProducerRecord<byte[], byte[]> nulInHeaderName = with(aThing("nul-in-header-name", "a"), "ce_time", null);
		nulInHeaderName.headers().add("nul \0", bytes("1"));
		ProducerRecord<byte[], byte[]> nullAttribute = with(aThing("null-attribute", "a"), "ce_source", null);
		nullAttribute.headers().add("ce_source", null);
		List<ProducerRecord<byte[], byte[]>> defects = List.of(
				new ProducerRecord<>(THINGS, 0, bytes("no-cloud-event"), bytes("hello")),
				new ProducerRecord<>(THINGS, 0, bytes("nothing-at-all"), null),
				anEvent("broken-json", ThingEffects.THING, "{\"name\": \"a\", "),
				anEvent("no-data", ThingEffects.THING, ""), anEvent("null-data", ThingEffects.THING, "null"),
				anEvent("wrong-type", ThingEffects.THING, "{\"name\": \"a\", \"amount\": \"many\"}"),
				anEvent("broken-invariant", ThingEffects.THING, "{\"name\": \"a\", \"amount\": 0}"),
				with(aThing("no-id", "a"), "ce_id", null), with(aThing("no-time", "a"), "ce_time", null),
				with(aThing("broken-time", "a"), "ce_time", "yesterday"),
				with(aThing("too-old", "a"), "ce_time", tooOld), nullAttribute, nulInHeaderName,
				with(aThing("nul-in-id", "a"), "ce_id", "nul \0 in id"), aThing("work-unknown", "unmeasurable"));
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < defects.size(); i++) {
			records.add(aThing("beside-unreadable-" + i, "a"));
			records.add(defects.get(i));
		}

		writeAndAwaitConsumed(records);

		assertAppliedOnce("beside-unreadable-", defects.size());
		awaitDeadLetterRecord(text(defects.getLast().key()));
		var dlq = TopicReader.read(DLQ).stream().collect(Collectors.groupingBy((record) -> text(record.key())));
		for (ProducerRecord<byte[], byte[]> defect : defects) {
			String key = text(defect.key());
			assertThat(deadLettersOf(key)).as(key).isEqualTo(1);
			assertThat(dlq.get(key)).as(key).hasSize(1);
			ConsumerRecord<byte[], byte[]> dead = dlq.get(key).getFirst();
			assertThat(dead.value()).as(key).isEqualTo(defect.value());
			List<String> headers = describe(defect.headers());
			assertThat(describe(dead.headers()).subList(0, headers.size())).as(key).isEqualTo(headers);
		}
		assertThat(deadLetterOf("too-old").get("reason")).asString().startsWith("Too old");
	}

	@Test
	void doesNotTryADeadLetterAgainWhenItsBatchIsRedelivered() {
		this.effects.when("dead", (event) -> {
			throw new IllegalStateException("always");
		});
		RawBatch batch = batch(aThing("beside-dead", "a"), aThing("dead-1", "dead"));

		this.inbox.accept(batch);
		this.inbox.accept(batch);

		assertThat(this.effects.triesOf("dead-1")).isLessThanOrEqualTo(ATTEMPTS_MAX + 1);
		assertThat(deadLettersOf("dead-1")).isEqualTo(1);
		assertThat(this.effects.effectsOf("beside-dead")).isEqualTo(1);
	}

	@Test
	void setsARecordOfTheReplayTopicAsideOnTheSameDlq() {
		this.effects.when("still-poison", (event) -> {
			throw new IllegalStateException("still");
		});

		writeAndAwaitConsumed(to(REPLAY, aThing("replayed", "still-poison")));

		assertThat(deadLetterOf("replayed")).containsEntry("origin_topic", REPLAY);
		assertThat(header(awaitDeadLetterRecord("replayed"), "dlq-origin-topic")).isEqualTo(REPLAY);
	}

	@Test
	void setsARecordAsideWhoseHandlingOverflowsTheStack() {
		this.effects.when("overflows", (event) -> {
			throw new StackOverflowError("as the test says");
		});

		writeAndAwaitConsumed(aThing("overflow-1", "overflows"));

		assertThat(deadLettersOf("overflow-1")).isEqualTo(1);
	}

	@Test
	void countsRedeliveredDeadLettersAsAlreadyDead() {
		RawBatch batch = batch(anEvent("dead-already", ThingEffects.THING, "no json"));
		this.inbox.accept(batch);
		double skipped = count("already-dead");

		this.inbox.accept(batch);

		assertThat(count("already-dead") - skipped).isEqualTo(1);
		assertThat(deadLettersOf("dead-already")).isEqualTo(1);
	}

	@Test
	void appliesASoundRecordAtTheOffsetOfADeadLetterOfARecreatedTopic() {
		this.inbox.accept(batchAt(77, anEvent("dead-at-77", ThingEffects.THING, "no json")));

		this.inbox.accept(batchAt(77, aThing("sound-at-77", "a")));
		this.inbox.accept(batchAt(77, anEvent("dead-at-77-too", ThingEffects.THING, "no json")));

		assertThat(this.effects.effectsOf("sound-at-77")).isEqualTo(1);
		assertThat(deadLettersOf("dead-at-77")).isEqualTo(1);
		assertThat(deadLettersOf("dead-at-77-too")).isEqualTo(1);
	}

	@Test
	void triesAPermanentDefectOnlyOnce() {
		this.effects.when("never", (event) -> this.jdbc.sql("select 1 / 0").query(Integer.class).single());

		this.inbox.accept(batch(aThing("never-1", "never")));

		assertThat(this.effects.triesOf("never-1")).isEqualTo(1);
		assertThat(deadLetterOf("never-1")).containsEntry("attempts", 1);
	}

	@Test
	void setsLargeRecordsAsideInTransactionsBoundedByBytes() {
		String megabyte = "x".repeat(1024 * 1024);
		List<ProducerRecord<byte[], byte[]>> large = IntStream.range(0, 12)
			.mapToObj((i) -> anEvent("large-" + i, ThingEffects.THING, megabyte))
			.toList();

		this.inbox.accept(batch(large));

		assertThat(this.jdbc.sql("""
				select count(distinct xmin::text)
				from dead_letter
				where convert_from(message_key, 'UTF8') like 'large-%'""").query(Integer.class).single())
			.isGreaterThanOrEqualTo(3);
		assertThat(IntStream.range(0, 12)).allMatch((i) -> deadLettersOf("large-" + i) == 1);
	}

	private Map<String, Object> deadLetterOf(String key) {
		return this.jdbc.sql("""
				select handler, origin_topic, origin_partition, origin_offset, payload, reason, attempts, state
				from dead_letter
				where message_key = :key""").param("key", bytes(key)).query().singleRow();
	}

}
