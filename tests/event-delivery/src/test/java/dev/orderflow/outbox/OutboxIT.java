package dev.orderflow.outbox;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.orderflow.events.Topic;
import dev.orderflow.events.Topics;
import dev.orderflow.test.TestServers;
import dev.orderflow.test.TopicReader;
import dev.orderflow.testservice.Thing;
import io.cloudevents.CloudEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.IllegalTransactionStateException;

import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Goal: records of committed transactions, and no others, reach their topics, unchanged
 * and in order per key, despite faults of database and broker and concurrent
 * transactions. Method: a running service; transactions controlled by the test; sessions
 * ended by a superuser; topics that refuse records or do not exist; then the raw topics
 * are read.
 */
class OutboxIT extends OutboxTest {

	/** Refuses records of more than about 2 kB. */
	private static final Topic SMALL = new Topic("small", 1, Duration.ofDays(1), 2_000);

	private static final int TOO_LARGE_FOR_SMALL = 10_000;

	private static final int TOO_LARGE_FOR_THE_PRODUCER = 3 * 1024 * 1024;

	private static final String LOCK_SESSION = "outbox-relay-lock";

	private static final String ROWS_SESSION = "outbox-relay";

	@Test
	void refusesToAppendOutsideATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.outbox.append(List.of(aParcel("outside", "1"))))
			.withMessageContaining("outbox");
	}

	@Test
	void publishesNothingOfATransactionThatRollsBack() {
		this.transaction.executeWithoutResult((status) -> {
			this.outbox.append(List.of(aParcel("rolled-back", "1")));
			status.setRollbackOnly();
		});
		append(aParcel("committed-after", "1"));

		awaitPublished("committed-after", 1);
		assertThat(valuesOf(PARCELS, "rolled-back")).isEmpty();
	}

	@Test
	void publishesWhatIsCommittedOnceAndDeletesItsRow() {
		append(aParcel("once", "1"));
		awaitPublished("once", 1);
		await().untilAsserted(() -> assertThat(rowsOf("once")).isZero());
		append(aParcel("once", "2"));

		await().untilAsserted(() -> assertThat(valuesOf(PARCELS, "once")).containsExactly("1", "2"));
	}

	@Test
	void publishesAnEventAsACloudEvent() {
		CloudEvent event = this.transaction
			.execute((status) -> this.outbox.append(new OutgoingEvent(PARCELS, "event-key", "test.parcel.v1",
					URI.create("/schemas/parcel/1.0.0"), new Thing("a", 1), "story-1", "cause-1")));

		awaitPublished("event-key", 1);
		ConsumerRecord<byte[], byte[]> record = published(PARCELS, "event-key").getFirst();
		assertThat(text(record.value())).isEqualTo("{\"name\":\"a\",\"amount\":1}");
		assertThat(headersOf(record)).containsEntry("ce_id", event.getId())
			.containsEntry("ce_source", "/orderflow/test-service")
			.containsEntry("ce_type", "test.parcel.v1")
			.containsEntry("ce_subject", "event-key")
			.containsEntry("ce_dataschema", "/schemas/parcel/1.0.0")
			.containsEntry("ce_correlationid", "story-1")
			.containsEntry("ce_causationid", "cause-1")
			.containsEntry("ce_partitionkey", "event-key")
			.containsEntry("content-type", "application/json")
			.containsKey("ce_time");
	}

	@Test
	void publishesKeyValueAndHeadersAsTheyWereAppended() {
		byte[] everyByte = new byte[256];
		IntStream.range(0, 256).forEach((i) -> everyByte[i] = (byte) i);
		TestServers.createTopics(new Topic("anything", 1, Duration.ofDays(1), Topics.MESSAGE_BYTES_MAX));
		ProducerRecord<byte[], byte[]> full = new ProducerRecord<>("anything", null, everyByte, everyByte);
		full.headers()
			.add("repeated", bytes("1"))
			.add("between", new byte[0])
			.add("repeated", null)
			.add("repeated", bytes("1"))
			.add("NUL \0 and \u00e9 and {\"\\,}", everyByte)
			.add("", bytes("no name"));
		ProducerRecord<byte[], byte[]> nulls = new ProducerRecord<>("anything", null, null, null);
		ProducerRecord<byte[], byte[]> empty = new ProducerRecord<>("anything", null, new byte[0], new byte[0]);

		append(full, nulls, empty);

		await().untilAsserted(() -> assertThat(TopicReader.read("anything")).hasSize(3));
		List<ConsumerRecord<byte[], byte[]>> found = TopicReader.read("anything");
		assertSame(found.get(0), full);
		assertSame(found.get(1), nulls);
		assertSame(found.get(2), empty);
	}

	@Test
	void publishesRowsWhoseIdsBecomeVisibleLate() throws Exception {
		try (Connection late = openBusinessSession(); Statement statement = late.createStatement()) {
			late.setAutoCommit(false);
			statement.execute("""
					insert into outbox_event (topic, message_key, header_names, header_values, payload)
					values ('parcels', 'late', '{}', '{}', 'late')""");
			for (int i = 1; i <= 20; i++) {
				append(aParcel("passes-by", Integer.toString(i)));
			}
			awaitPublished("passes-by", 20);
			assertThat(valuesOf(PARCELS, "late")).isEmpty();

			late.commit();
		}

		awaitPublished("late", 1);
	}

	@Test
	void keepsTheOrderOfAKeyThatConcurrentTransactionsAppendUnderOneRowLock() throws Exception {
		int threads = 4;
		int eventsPerThread = 50;
		try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
			List<Future<?>> done = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				done.add(pool.submit(() -> IntStream.range(0, eventsPerThread).forEach((i) -> appendNextInOrder())));
			}
			for (Future<?> each : done) {
				each.get(40, TimeUnit.SECONDS);
			}
		}

		awaitPublished("ordered", threads * eventsPerThread);
		List<Integer> order = valuesOf(PARCELS, "ordered").stream().map(Integer::valueOf).distinct().toList();
		assertThat(order).isEqualTo(IntStream.rangeClosed(1, threads * eventsPerThread).boxed().toList());
	}

	/* The noise draws an id before the lock, so that ids and commits interleave. */
	private void appendNextInOrder() {
		this.transaction.executeWithoutResult((status) -> {
			this.outbox.append(List.of(aParcel("noise", "")));
			int next = this.jdbc.sql("""
					update total
					set amount = amount + 1
					where name = 'ordered'
					returning amount""").query(Integer.class).single();
			this.outbox.append(List.of(aParcel("ordered", Integer.toString(next))));
		});
	}

	@Test
	void parksWhatTheBrokerRefusesWithTheLaterRowsOfItsKeyUntilAnOperatorFreesThem() throws Exception {
		TestServers.createTopics(SMALL);
		alter("small", "max.message.bytes", "2000");
		append(new ProducerRecord<>("small", bytes("refused"), new byte[TOO_LARGE_FOR_SMALL]));
		await().untilAsserted(() -> assertThat(parkedReasonsOf("refused")).hasSize(1));
		append(aRecord("small", "refused", "second"), aRecord("small", "other", "1"));
		await().untilAsserted(() -> assertThat(valuesOf("small", "other")).containsExactly("1"));
		await().untilAsserted(() -> assertThat(parkedReasonsOf("refused")).hasSize(2));
		assertThat(parkedReasonsOf("refused").get(0)).contains("RecordTooLarge");
		assertThat(parkedReasonsOf("refused").get(1)).startsWith("behind ");
		assertThat(valuesOf("small", "refused")).isEmpty();

		alter("small", "max.message.bytes", "100000");
		free("refused");
		append(aRecord("small", "refused", "third"));

		await().untilAsserted(() -> assertThat(published("small", "refused")).hasSize(3));
		assertThat(valuesOf("small", "refused")).last().isEqualTo("third");
		assertThat(valuesOf("small", "refused").get(1)).isEqualTo("second");
		assertThat(rowsOf("refused")).isZero();
	}

	@Test
	void parksWhatIsTooLargeToSendWithTheLaterRowsOfItsTransaction() {
		append(new ProducerRecord<>(PARCELS, bytes("huge"), new byte[TOO_LARGE_FOR_THE_PRODUCER]),
				aParcel("huge", "second"), aParcel("beside-huge", "1"));

		awaitPublished("beside-huge", 1);
		await().untilAsserted(() -> assertThat(parkedReasonsOf("huge")).hasSize(2));
		assertThat(parkedReasonsOf("huge").getFirst())
			.startsWith("Record too large: expected at most 2097152 bytes, found 31457");
		assertThat(valuesOf(PARCELS, "huge")).isEmpty();
		discard("huge");
	}

	/**
	 * Covers both ways to measure headers: PostgreSQL compresses zeros, and stores noise
	 * uncompressed.
	 */
	@Test
	void parksWhatIsTooLargeForItsHeadersWithoutReadingIt() {
		byte[] noise = new byte[TOO_LARGE_FOR_THE_PRODUCER];
		new Random(1).nextBytes(noise);
		ProducerRecord<byte[], byte[]> zeros = aParcel("huge-zeros", "1");
		zeros.headers().add("huge", new byte[TOO_LARGE_FOR_THE_PRODUCER]);
		ProducerRecord<byte[], byte[]> random = aParcel("huge-noise", "1");
		random.headers().add("huge", noise);

		append(zeros, random);

		for (String key : List.of("huge-zeros", "huge-noise")) {
			await().untilAsserted(() -> assertThat(parkedReasonsOf(key)).hasSize(1));
			assertThat(parkedReasonsOf(key).getFirst()).as(key)
				.startsWith("Record too large: expected at most 2097152 bytes, found 3145");
			discard(key);
		}
	}

	@Test
	void keepsAKeyParkedUntilItsLastRowIsFreed() {
		append(new ProducerRecord<>(PARCELS, bytes("half-freed"), new byte[TOO_LARGE_FOR_THE_PRODUCER]),
				aParcel("half-freed", "second"));
		await().untilAsserted(() -> assertThat(parkedReasonsOf("half-freed")).hasSize(2));

		this.jdbc.sql("""
				update outbox_event
				set payload = 'first', parked_at = null, parked_reason = null
				where id = (select min(id) from outbox_event where message_key = 'half-freed')""").update();
		awaitPublished("half-freed", 1);
		append(aParcel("half-freed", "third"));
		await().untilAsserted(() -> assertThat(parkedReasonsOf("half-freed")).hasSize(2));
		free("half-freed");

		awaitPublished("half-freed", 3);
		assertThat(valuesOf(PARCELS, "half-freed")).containsExactly("first", "second", "third");
	}

	@Test
	void publishesNoLaterRowOfAKeyWhileTheBrokerRefusesAnEarlierOne() throws Exception {
		TestServers.createTopics(SMALL);
		alter("small", "max.message.bytes", "2000");

		append(new ProducerRecord<>("small", bytes("overtaken"), new byte[TOO_LARGE_FOR_SMALL]),
				aRecord("small", "overtaken", "second"), aRecord("small", "overtaken", "third"),
				aRecord("small", "beside-overtaken", "1"));

		await().untilAsserted(() -> assertThat(valuesOf("small", "beside-overtaken")).containsExactly("1"));
		await().untilAsserted(() -> assertThat(parkedReasonsOf("overtaken")).hasSize(3));
		assertThat(valuesOf("small", "overtaken")).isEmpty();
		discard("overtaken");
	}

	@Test
	void publishesNoLaterRowOfAKeyWhoseEarlierOneHasNoRoom() {
		TestServers.createTopics(new Topic("one-partition", 1, Duration.ofDays(1), Topics.MESSAGE_BYTES_MAX));
		this.relay.stop();
		try {
			append(new ProducerRecord<>("one-partition", bytes("fills-the-share"), new byte[900_000]),
					new ProducerRecord<>("one-partition", bytes("no-room"), new byte[200_000]),
					aRecord("one-partition", "no-room", "second"));
		}
		finally {
			this.relay.start();
		}

		await().untilAsserted(() -> assertThat(rowsOf("no-room")).isZero());
		assertThat(published("one-partition", "no-room")).extracting((record) -> record.value().length)
			.containsExactly(200_000, 6);
	}

	@Test
	void parksARowWithALongKey() throws Exception {
		TestServers.createTopics(SMALL);
		alter("small", "max.message.bytes", "2000");
		byte[] key = new byte[20_000];
		new Random(1).nextBytes(key);

		append(new ProducerRecord<>("small", key, bytes("refused")), aParcel("beside-long-key", "1"));

		awaitPublished("beside-long-key", 1);
		await().untilAsserted(() -> assertThat(this.jdbc.sql("""
				select count(*)
				from outbox_event
				where message_key = :key and parked_at is not null""").param("key", key).query(Integer.class).single())
			.isEqualTo(1));
		this.jdbc.sql("delete from outbox_event where message_key = :key").param("key", key).update();
	}

	@Test
	void parksARecordForATopicThatCannotExist() {
		append(aRecord("no topic has a blank", "unnameable", "1"), aParcel("beside-unnameable", "1"));

		awaitPublished("beside-unnameable", 1);
		assertThat(parkedReasonsOf("unnameable")).hasSize(1);
		discard("unnameable");
	}

	@Test
	void publishesTheOthersWhileATopicIsMissingAndItsOwnOnceItIsThere() {
		append(aParcel("before-missing", "1"), aRecord("missing", "waits", "1"), aRecord("missing", "waits", "2"));
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				select 'missing', 'many', '{}', '{}', convert_to(i::text, 'UTF8')
				from generate_series(1, 5000) as i""").update();
		append(aParcel("behind-missing", "1"));
		awaitPublished("behind-missing", 1);

		TestServers.createTopics(Topics.source("missing"));

		await().untilAsserted(() -> assertThat(valuesOf("missing", "waits")).containsExactly("1", "2"));
		assertThat(valuesOf(PARCELS, "before-missing")).containsExactly("1");
		assertThat(valuesOf(PARCELS, "behind-missing")).containsExactly("1");
		discard("many");
	}

	@Test
	void publishesTheOthersAfterATopicIsDeletedAndItsOwnOnceItIsThereAgain() throws Exception {
		TestServers.createTopics(Topics.source("fleeting"));
		append(aRecord("fleeting", "before-deletion", "1"));
		await().untilAsserted(() -> assertThat(valuesOf("fleeting", "before-deletion")).containsExactly("1"));
		delete("fleeting");
		append(aRecord("fleeting", "first", "1"));
		// By then the producer has been told that there is no such topic.
		TimeUnit.SECONDS.sleep(2);
		List<ProducerRecord<?, ?>> page = new ArrayList<>();
		IntStream.range(0, 30).forEach((i) -> page.add(aRecord("fleeting", "later-" + i, "1")));
		page.add(aParcel("behind-deleted", "1"));
		append(page.toArray(ProducerRecord[]::new));

		awaitPublished("behind-deleted", 1);

		TestServers.createTopics(Topics.source("fleeting"));
		await().untilAsserted(() -> assertThat(valuesOf("fleeting", "first")).contains("1"));
		await().untilAsserted(() -> assertThat(valuesOf("fleeting", "later-29")).contains("1"));
	}

	@Test
	void publishesNothingWhileAnotherHoldsTheLock() throws Exception {
		int term = this.superuser.pidOf(LOCK_SESSION);
		CountDownLatch release = new CountDownLatch(1);
		try (ExecutorService other = Executors.newSingleThreadExecutor()) {
			Future<?> otherLeader = other.submit(() -> holdTheLockUntil(release));
			try {
				await().until(this::isSomebodyQueuedForTheLock);
				this.superuser.terminate(term);
				awaitNewSession(LOCK_SESSION, term);
				append(aParcel("of-another-leader", "1"));

				awaitNextQuestionForTheLock();
				assertThat(valuesOf(PARCELS, "of-another-leader")).isEmpty();
				assertThat(rowsOf("of-another-leader")).isEqualTo(1);
			}
			finally {
				release.countDown();
			}
			otherLeader.get(20, TimeUnit.SECONDS);
		}

		awaitPublished("of-another-leader", 1);
	}

	private void awaitNextQuestionForTheLock() {
		int asked = questionsForTheLock();
		await().until(() -> questionsForTheLock() > asked);
	}

	/*
	 * Grows with each question; the statistics view shows only the start of the last one.
	 */
	private int questionsForTheLock() {
		return this.superuser.queryForInt("""
				select (extract(epoch from query_start) * 10)::bigint %% 1000000000
				from pg_stat_activity
				where datname = current_database() and application_name = '%s'""".formatted(LOCK_SESSION));
	}

	private void awaitNewSession(String applicationName, int endedPid) {
		await().until(() -> !Set.of(0, endedPid).contains(this.superuser.pidOf(applicationName)));
	}

	private Void holdTheLockUntil(CountDownLatch release) throws SQLException, InterruptedException {
		try (Connection connection = this.superuser.connect(); Statement statement = connection.createStatement()) {
			statement.execute("select pg_advisory_lock(" + 0x6f7574626f78L + ")");
			assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
			return null;
		}
	}

	private boolean isSomebodyQueuedForTheLock() {
		return this.superuser.queryForInt("""
				select count(*)
				from pg_locks
				join pg_database on pg_database.oid = pg_locks.database
				where datname = current_database() and locktype = 'advisory' and not granted""") == 1;
	}

	@Test
	void losesNothingWhenItsSessionsEnd() {
		for (String session : List.of(LOCK_SESSION, ROWS_SESSION, LOCK_SESSION, ROWS_SESSION)) {
			await().until(() -> this.superuser.pidOf(session) != 0);
			IntStream.range(0, 20).forEach((i) -> append(aParcel("session-ends", session + i)));
			int ended = this.superuser.terminate(session);
			IntStream.range(20, 40).forEach((i) -> append(aParcel("session-ends", session + i)));
			awaitNewSession(session, ended);
		}

		await().untilAsserted(() -> assertThat(rowsOf("session-ends")).isZero());
		List<String> found = valuesOf(PARCELS, "session-ends").stream().distinct().toList();
		assertThat(found).hasSize(80).startsWith(LOCK_SESSION + 0).endsWith(ROWS_SESSION + 39);
	}

	/** Rows are deleted while the relay is busy, too. */
	@Test
	void repeatsNoMoreThanAWindowWhenItsSessionEndsInABacklog() throws Exception {
		int rows = 30_000;
		int window = 8000;
		TestServers.createTopics(Topics.source("deluge"));
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				select 'deluge', convert_to('deluge-' || i, 'UTF8'), '{}', '{}', 'one of them'
				from generate_series(1, :rows) as i""").param("rows", rows).update();
		await().pollInterval(Duration.ofMillis(5)).until(() -> recordsOn("deluge") > rows / 2);

		this.superuser.terminate(ROWS_SESSION);

		await().until(() -> this.jdbc.sql("select count(*) from outbox_event where topic = 'deluge'")
			.query(Integer.class)
			.single() == 0);
		assertThat(recordsOn("deluge")).isBetween((long) rows, (long) rows + window);
	}

	@Test
	void deletesTheOthersWhileSomebodyLocksARow() throws SQLException {
		this.relay.stop();
		append(aParcel("locked", "1"));
		try (Connection locking = DriverManager.getConnection(this.database.getJdbcUrl(), this.database.getUsername(),
				this.database.getPassword()); Statement statement = locking.createStatement()) {
			locking.setAutoCommit(false);
			statement.execute("select id from outbox_event for update");
			this.relay.start();
			append(aParcel("beside-locked", "1"));

			await().untilAsserted(() -> assertThat(rowsOf("beside-locked")).isZero());
			assertThat(rowsOf("locked")).isEqualTo(1);
			locking.rollback();
			await().untilAsserted(() -> assertThat(rowsOf("locked")).isZero());
			assertThat(valuesOf(PARCELS, "locked")).containsExactly("1");
		}
		finally {
			this.relay.start();
		}
	}

	@Test
	void publishesWhatIsCommittedWhenItStopsAndGoesOnWhenItStarts() {
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				select 'parcels', convert_to('last-words-' || i, 'UTF8'), '{}', '{}', 'one of them'
				from generate_series(1, 3000) as i""").update();
		this.relay.stop();
		try {
			assertThat(this.jdbc.sql("select count(*) from outbox_event").query(Integer.class).single()).isZero();
			append(aParcel("after-the-stop", "1"));
			assertThat(valuesOf(PARCELS, "after-the-stop")).isEmpty();
		}
		finally {
			this.relay.start();
		}
		awaitPublished("after-the-stop", 1);
	}

	@Test
	void setsTheLimitsOfEachSession() throws SQLException {
		assertThat(setting("lock_timeout")).isEqualTo("5s");
		assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("30s");
		assertThat(setting("idle_session_timeout")).isEqualTo("0");
		assertThat(setting("synchronous_commit")).isEqualTo("on");
		RelayConnections connections = relayConnections();
		try (Connection lock = connections.openForLock(); Connection rows = connections.openForRows()) {
			assertThat(setting(lock, "idle_session_timeout")).isEqualTo("5s");
			assertThat(lock.getAutoCommit()).isTrue();
			assertThat(setting(rows, "synchronous_commit")).isEqualTo("off");
			assertThat(setting(rows, "idle_session_timeout")).isEqualTo("0");
		}
	}

	@Test
	void freesTheLockOfALeaderThatFallsSilent() throws Exception {
		long key = 4711;
		try (Connection frozen = relayConnections().openForLock();
				Connection next = this.superuser.connect();
				Statement lock = frozen.createStatement();
				Statement wait = next.createStatement()) {
			lock.execute("select pg_advisory_lock(%d)".formatted(key));
			wait.execute("set lock_timeout = '20s'");

			wait.execute("select pg_advisory_lock(%d)".formatted(key));

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> lock.execute("select true"))
				.satisfies((ended) -> assertThat(ended.getSQLState()).isIn("57P05", "08006"));
		}
	}

	private static Map<String, String> headersOf(ConsumerRecord<byte[], byte[]> record) {
		return Arrays.stream(record.headers().toArray())
			.collect(Collectors.toMap((header) -> header.key(), (header) -> text(header.value())));
	}

	private static void assertSame(ConsumerRecord<byte[], byte[]> found, ProducerRecord<byte[], byte[]> appended) {
		assertThat(found.key()).isEqualTo(appended.key());
		assertThat(found.value()).isEqualTo(appended.value());
		assertThat(describe(found.headers())).isEqualTo(describe(appended.headers()));
	}

	private List<String> parkedReasonsOf(String key) {
		return this.jdbc.sql("""
				select parked_reason
				from outbox_event
				where message_key = :key and parked_at is not null
				order by id""").param("key", bytes(key)).query(String.class).list();
	}

	/* As an operator does once the cause is fixed. */
	private void free(String key) {
		this.jdbc.sql("update outbox_event set parked_at = null, parked_reason = null where message_key = :key")
			.param("key", bytes(key))
			.update();
	}

	private static long recordsOn(String topic) throws Exception {
		Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Topics.PARTITIONS)
			.mapToObj((partition) -> new TopicPartition(topic, partition))
			.collect(Collectors.toMap(Function.identity(), (partition) -> OffsetSpec.latest()));
		try (Admin admin = admin()) {
			return admin.listOffsets(ends)
				.all()
				.get(20, TimeUnit.SECONDS)
				.values()
				.stream()
				.mapToLong(ListOffsetsResultInfo::offset)
				.sum();
		}
	}

	private static void delete(String topic) throws Exception {
		try (Admin admin = admin()) {
			admin.deleteTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
		}
	}

	private static void alter(String topic, String config, String value) throws Exception {
		try (Admin admin = admin()) {
			AlterConfigOp set = new AlterConfigOp(new ConfigEntry(config, value), AlterConfigOp.OpType.SET);
			admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
				.all()
				.get(20, TimeUnit.SECONDS);
		}
	}

	private static Admin admin() {
		return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()));
	}

	private Connection openBusinessSession() throws SQLException {
		return DriverManager.getConnection(this.database.getJdbcUrl(), this.database.getUsername(),
				this.database.getPassword());
	}

	private String setting(String name) {
		return this.jdbc.sql("show " + name).query(String.class).single();
	}

	private static String setting(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("show " + name)) {
			row.next();
			return row.getString(1);
		}
	}

}
