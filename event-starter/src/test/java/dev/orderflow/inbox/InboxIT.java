package dev.orderflow.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.outbox.Outbox;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.RunningTestService;
import dev.orderflow.testservice.ThingEffects;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.text;
import static dev.orderflow.testservice.ThingRecords.to;
import static dev.orderflow.testservice.ThingRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: each event has its effect once, a defect harms only itself, an outage costs time
 * and nothing else. Method: a running service that reads real topics; where a test is
 * about one batch, the batch goes to the inbox directly; defects in the records, in the
 * handler and in the sessions; then the service's tables, the DLQ and the consumer group
 * are read.
 */
@ExtendWith(OutputCaptureExtension.class)
class InboxIT extends RunningTestService {

	private static final int ATTEMPTS_MAX = 3;

	private static TopicWriter topics;

	private static Admin admin;

	@Autowired
	private Consumer<RawBatch> inbox;

	@Autowired
	private ThingEffects effects;

	@Autowired
	private Outbox outbox;

	@Autowired
	private MeterRegistry meters;

	@BeforeAll
	static void connect() {
		topics = new TopicWriter();
		admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()));
	}

	@AfterAll
	static void disconnect() {
		topics.close();
		admin.close();
	}

	@Test
	void appliesAnEventOnceThatIsTwiceInABatch() {
		this.inbox.accept(batch(aThing("twice-in-one", "a"), aThing("between", "a"), aThing("twice-in-one", "a")));

		assertThat(this.effects.effectsOf("twice-in-one")).isEqualTo(1);
		assertThat(this.effects.effectsOf("between")).isEqualTo(1);
	}

	@Test
	void appliesAnEventOnceThatIsInTwoBatches() {
		double duplicates = count("duplicate");

		this.inbox.accept(batch(aThing("twice-in-two", "a")));
		this.inbox.accept(batch(aThing("twice-in-two", "a"), aThing("fresh-beside", "a")));

		assertThat(this.effects.effectsOf("twice-in-two")).isEqualTo(1);
		assertThat(this.effects.effectsOf("fresh-beside")).isEqualTo(1);
		assertThat(count("duplicate") - duplicates).isEqualTo(1);
	}

	@Test
	void tellsEventsOfTwoSourcesApart() {
		this.inbox.accept(batch(aThing("same-id", "a"), with(aThing("same-id", "a"), "ce_source", "/other")));

		assertThat(this.effects.effectsOf("same-id")).isEqualTo(2);
	}

	@Test
	void ignoresDuplicateDelivery() {
		topics.write(List.of(aThing("redelivered", "a"), aThing("redelivered", "a")));
		writeAndAwaitConsumed(to(REPLAY, aThing("redelivered", "a")));
		writeAndAwaitConsumed(aThing("redelivered", "a"));

		assertThat(this.effects.effectsOf("redelivered")).isEqualTo(1);
	}

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
	void triesAPoisonRecordAloneAsOftenAsSet() {
		this.effects.when("counted", (event) -> {
			throw new IllegalStateException("always");
		});

		double retries = retries("defect");

		this.inbox.accept(batch(aThing("counted-1", "counted")));

		assertThat(this.effects.triesOf("counted-1")).isEqualTo(ATTEMPTS_MAX);
		assertThat(retries("defect") - retries).as("the first try is none").isEqualTo(ATTEMPTS_MAX - 1);
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
	void skipsAndCountsTypesThatItDoesNotTake() {
		double skipped = count("skipped");

		this.inbox.accept(batch(anEvent("unknown-type", "test.other.v1", "{}"),
				anEvent("later-major", "test.thing.v2", "{}"), aThing("beside-skipped", "a")));

		assertThat(count("skipped") - skipped).isEqualTo(2);
		assertThat(this.effects.effectsOf("beside-skipped")).isEqualTo(1);
		assertThat(deadLettersOf("unknown-type") + deadLettersOf("later-major")).isZero();
	}

	@Test
	void commitsEffectMarkerAndOutgoingEventsTogetherOrNotAtAll() {
		this.effects.when("appends-and-fails", (event) -> {
			this.outbox.append(List.of(new ProducerRecord<>(PARCELS, bytes(event.id()), bytes("caused"))));
			throw new IllegalStateException("after everything is written");
		});
		this.effects.when("appends", (event) -> this.outbox
			.append(List.of(new ProducerRecord<>(PARCELS, bytes(event.id()), bytes("caused")))));

		this.inbox.accept(batch(aThing("half-done", "appends-and-fails"), aThing("done", "appends")));

		assertThat(this.effects.effectsOf("half-done")).isZero();
		assertThat(markersOf("half-done")).isZero();
		assertThat(this.effects.effectsOf("done")).isEqualTo(1);
		assertThat(markersOf("done")).isEqualTo(1);
		awaitDeadLetterRecord("half-done");
		await().untilAsserted(() -> assertThat(recordsOf(PARCELS, "done")).hasSize(1));
		assertThat(recordsOf(PARCELS, "half-done")).isEmpty();
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
	void waitsForARowLockAndAppliesTheEventOnce() throws SQLException {
		this.effects.when("contended", (event) -> this.jdbc.sql("""
				update total
				set amount = amount + 1
				where name = 'contended'""").update());
		try (Connection other = this.superuser.connect(); Statement lock = other.createStatement()) {
			other.setAutoCommit(false);
			lock.execute("select amount from total where name = 'contended' for update");
			double retries = retries("contention");
			topics.write(aThing("contended-1", "contended"));
			await().until(() -> this.effects.triesOf("contended-1") > 1);
			assertThat(retries("contention") - retries).isPositive();
			other.rollback();
		}

		await().untilAsserted(() -> assertThat(this.effects.effectsOf("contended-1")).isEqualTo(1));
		assertThat(deadLettersOf("contended-1")).isZero();
		assertThat(this.jdbc.sql("select amount from total where name = 'contended'").query(Integer.class).single())
			.isEqualTo(1);
	}

	@Test
	void waitsAnOutageOfTheDatabaseOutAsAMemberOfItsGroup(CapturedOutput output) {
		writeAndAwaitConsumed(aThing("before-outage", "a"));
		GroupState before = groupState();
		long deadLetters = deadLetters();
		double outages = retries("outage");
		this.superuser.beginOutage();
		try {
			topics.write(things("in-outage-", 50));
			await().until(() -> pausesIn(output) >= 3);
			assertThat(this.meters.get("inbox.paused").gauge().value()).isEqualTo(1);
			assertThat(retries("outage") - outages).isGreaterThanOrEqualTo(3);
			assertThat(groupState()).isEqualTo(before);
			assertThat(committed(THINGS, 0)).isEqualTo(committedIn(before));
		}
		finally {
			this.superuser.endOutage();
		}

		await().untilAsserted(() -> assertThat(this.effects.effectsOf("in-outage-49")).isEqualTo(1));
		writeAndAwaitConsumed(aThing("after-outage", "a"));
		assertThat(this.meters.get("inbox.paused").gauge().value()).isZero();
		assertAppliedOnce("in-outage-", 50);
		assertThat(deadLetters()).isEqualTo(deadLetters);
		assertThat(groupState().withoutOffsets()).isEqualTo(before.withoutOffsets());
	}

	@Test
	void setsNothingAsideWhenItsSessionsEndInTheMiddleOfTransactions() {
		this.effects.when("breaks-its-session", (event) -> {
			if (this.effects.triesOf(event.id()) <= 2 * ATTEMPTS_MAX) {
				this.superuser.terminate(this.jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
				this.jdbc.sql("select 1").query(Integer.class).single();
			}
		});

		writeAndAwaitConsumed(aThing("session-broken", "breaks-its-session"));

		assertThat(this.effects.triesOf("session-broken")).isGreaterThan(2 * ATTEMPTS_MAX);
		assertThat(this.effects.effectsOf("session-broken")).isEqualTo(1);
		assertThat(deadLettersOf("session-broken")).isZero();
	}

	@Test
	void setsNothingAsideWhenNoConnectionIsToBeHad() {
		this.effects.when("no-connection", (event) -> {
			if (this.effects.triesOf(event.id()) <= 2 * ATTEMPTS_MAX) {
				throw new IllegalStateException("wrapped",
						new SQLTransientConnectionException("Connection is not available, request timed out"));
			}
		});

		writeAndAwaitConsumed(aThing("no-connection-1", "no-connection"));

		assertThat(this.effects.effectsOf("no-connection-1")).isEqualTo(1);
		assertThat(deadLettersOf("no-connection-1")).isZero();
	}

	@Test
	void goesOnConsumingAfterMemoryRanOut() {
		this.effects.when("memory-runs-out", (event) -> {
			if (this.effects.triesOf(event.id()) == 1) {
				throw new OutOfMemoryError("as the test says");
			}
		});

		writeAndAwaitConsumed(aThing("memory-1", "memory-runs-out"));

		assertThat(this.effects.effectsOf("memory-1")).isEqualTo(1);
		assertThat(deadLettersOf("memory-1")).isZero();
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
	void appliesAnEventOfTheFarFuture() {
		double applied = count("applied");
		double duplicates = count("duplicate");

		this.inbox.accept(batch(with(aThing("future", "a"), "ce_time", "9999-12-31T00:00:00Z")));

		assertThat(this.effects.effectsOf("future")).isEqualTo(1);
		assertThat(count("applied") - applied).isEqualTo(1);
		assertThat(count("duplicate") - duplicates).as("tries after the commit").isZero();
	}

	/** Offsets beyond those of real records, ascending through the JVM. */
	private static final AtomicInteger offsets = new AtomicInteger(1_000_000);

	@SafeVarargs
	private static RawBatch batch(ProducerRecord<byte[], byte[]>... records) {
		List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
		for (ProducerRecord<byte[], byte[]> record : records) {
			polled.add(polled(record, offsets.incrementAndGet()));
		}
		return new RawBatch(polled);
	}

	private static List<ProducerRecord<byte[], byte[]>> things(String idPrefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> aThing(idPrefix + i, "a")).toList();
	}

	private static void writeAndAwaitConsumed(ProducerRecord<byte[], byte[]> record) {
		writeAndAwaitConsumed(List.of(record));
	}

	private static void writeAndAwaitConsumed(List<ProducerRecord<byte[], byte[]>> records) {
		var last = topics.write(records).getLast();
		await().untilAsserted(() -> assertThat(committed(last.topic(), last.partition())).isGreaterThan(last.offset()));
	}

	private void assertAppliedOnce(String idPrefix, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(this.effects.effectsOf(idPrefix + i)).as(idPrefix + i).isEqualTo(1);
		}
	}

	private double count(String outcome) {
		return this.meters.counter("inbox.events", "outcome", outcome).count();
	}

	private double retries(String reason) {
		return this.meters.counter("inbox.retries", "reason", reason).count();
	}

	private int markersOf(String eventId) {
		return this.jdbc.sql("select count(*) from inbox_marker where event_id = :eventId")
			.param("eventId", eventId)
			.query(Integer.class)
			.single();
	}

	private int deadLettersOf(String key) {
		return this.jdbc.sql("select count(*) from dead_letter where message_key = :key")
			.param("key", bytes(key))
			.query(Integer.class)
			.single();
	}

	private long deadLetters() {
		return this.jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
	}

	private Map<String, Object> deadLetterOf(String key) {
		return this.jdbc.sql("""
				select handler, origin_topic, origin_partition, origin_offset, payload, reason, attempts, state
				from dead_letter
				where message_key = :key""").param("key", bytes(key)).query().singleRow();
	}

	/* The one record on the DLQ with that key. */
	private static ConsumerRecord<byte[], byte[]> awaitDeadLetterRecord(String key) {
		await().untilAsserted(() -> assertThat(recordsOf(DLQ, key)).as(key).hasSize(1));
		return recordsOf(DLQ, key).getFirst();
	}

	private static List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic, String key) {
		return TopicReader.read(topic).stream().filter((record) -> Arrays.equals(record.key(), bytes(key))).toList();
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return text(record.headers().lastHeader(name).value());
	}

	private static int pausesIn(CapturedOutput output) {
		return output.toString().split("outage: consumer pauses", -1).length - 1;
	}

	/** What a rebalance would change. */
	private record GroupState(Set<String> memberIds, Object groupEpoch, Map<TopicPartition, Long> committed) {

		GroupState withoutOffsets() {
			return new GroupState(this.memberIds, this.groupEpoch, Map.of());
		}

	}

	private static long committedIn(GroupState state) {
		return state.committed().getOrDefault(new TopicPartition(THINGS, 0), 0L);
	}

	private static GroupState groupState() {
		try {
			ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(SERVICE))
				.describedGroups()
				.get(SERVICE)
				.get(20, TimeUnit.SECONDS);
			Set<String> members = group.members()
				.stream()
				.map((member) -> member.consumerId() + " epoch " + member.memberEpoch())
				.collect(Collectors.toSet());
			return new GroupState(members, group.groupEpoch(), committed());
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not describe group " + SERVICE, ex);
		}
	}

	private static long committed(String topic, int partition) {
		return committed().getOrDefault(new TopicPartition(topic, partition), 0L);
	}

	private static Map<TopicPartition, Long> committed() {
		try {
			Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(SERVICE)
				.partitionsToOffsetAndMetadata()
				.get(20, TimeUnit.SECONDS);
			return offsets.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not read the offsets of group " + SERVICE, ex);
		}
	}

}
