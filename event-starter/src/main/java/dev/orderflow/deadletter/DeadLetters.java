package dev.orderflow.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.deadletter.DeadLetter.Origin;
import dev.orderflow.outbox.HeaderColumns;
import dev.orderflow.outbox.Outbox;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores dead letters. A dead letter is a row, which tools list and redrive, and a copy
 * on the DLQ topic, for anything that monitors topics; both are written in the running
 * transaction, so that neither exists without the other.
 *
 * <p>
 * A record is identified by topic, partition, offset and a digest of its bytes: storing
 * it a second time changes nothing, and a record at the same offset of a recreated topic
 * is a different one. The copy has the record's key, value and headers unchanged and in
 * order, followed by the headers of {@link DeadLetterHeaders}.
 */
public final class DeadLetters {

	/**
	 * "select" instead of "values", because the driver would merge many "values" rows
	 * into one statement, which does not report which of them are new.
	 */
	private static final String INSERT = """
			insert into dead_letter (handler, origin_topic, origin_partition, origin_offset, digest, message_key,
			  header_names, header_values, payload, reason, attempts, dead_at)
			select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
			on conflict (origin_topic, origin_partition, origin_offset, digest) do nothing""";

	private static final String STORED_AMONG = """
			select origin_topic, origin_partition, origin_offset, digest
			from dead_letter
			join unnest(?, ?, ?) as asked (topic, partition, "offset")
			  on origin_topic = asked.topic
			  and origin_partition = asked.partition
			  and origin_offset = asked."offset"
			""";

	/**
	 * A letter from the source topic and one from the replay topic itself return on the
	 * same replay topic.
	 */
	private static final String REPLAYED = """
			select case when right(origin_topic, length(?)) = ? then origin_topic else origin_topic || ? end,
			  message_key,
			  header_names || ?::bytea,
			  header_values || convert_to(id::text, 'UTF8'),
			  payload
			from dead_letter
			where id = any (?)
			order by id""";

	private static final int INSERT_BATCH_SIZE = 500;

	private final JdbcTemplate jdbc;

	private final Outbox outbox;

	private final DeadLetterHeaders headers;

	private final Clock clock;

	private final RedrivenLetters redriven;

	DeadLetters(JdbcTemplate jdbc, Outbox outbox, DeadLetterHeaders headers, Clock clock, RedrivenLetters redriven) {
		this.jdbc = jdbc;
		this.outbox = outbox;
		this.headers = headers;
		this.clock = clock;
		this.redriven = redriven;
	}

	/**
	 * Stores those that are not stored yet. A letter that was redriven and has failed
	 * again is no new one: its row is open again, with the new reason and the attempts
	 * added, or parked if it was redriven too often.
	 * @param handler whose dead letters they are
	 */
	public void store(String handler, List<DeadLetter> letters) {
		Set<ConsumerRecord<byte[], byte[]>> known = this.redriven
			.among(letters.stream().map(DeadLetter::record).toList())
			.keySet();
		Map<Boolean, List<DeadLetter>> byNovelty = letters.stream()
			.collect(Collectors.partitioningBy((letter) -> !known.contains(letter.record())));
		insert(handler, byNovelty.getOrDefault(true, List.of()));
		if (!known.isEmpty()) {
			this.redriven.takeBack(byNovelty.getOrDefault(false, List.of()));
		}
	}

	private void insert(String handler, List<DeadLetter> letters) {
		Instant now = this.clock.instant();
		int[][] inserted = this.jdbc.batchUpdate(INSERT, letters, INSERT_BATCH_SIZE,
				(statement, letter) -> bind(statement, handler, letter, now));
		int[] isNew = Stream.of(inserted).flatMapToInt(IntStream::of).toArray();
		List<ProducerRecord<byte[], byte[]>> copies = IntStream.range(0, isNew.length)
			.filter((index) -> isNew[index] == 1)
			.mapToObj((index) -> this.headers.copyForDlq(handler, letters.get(index), now))
			.toList();
		if (!copies.isEmpty()) {
			this.outbox.append(copies);
		}
	}

	/**
	 * Sends letters to the replay topic of this service, from which no other one reads:
	 * appends each to the outbox, in the running transaction, in id order. Bytes, key and
	 * headers are those of the letter, with {@link DeadLetterHeaders#ID} as one more
	 * header.
	 */
	public void replay(List<Long> ids) {
		String suffix = this.headers.replaySuffix();
		this.outbox.appendSelected(REPLAYED, (select) -> {
			select.setString(1, suffix);
			select.setString(2, suffix);
			select.setString(3, suffix);
			select.setBytes(4, DeadLetterHeaders.ID.getBytes(StandardCharsets.UTF_8));
			select.setArray(5, select.getConnection().createArrayOf("bigint", ids.toArray()));
		});
	}

	/**
	 * Locks the redriven letters among the records, in id order, until the running
	 * transaction ends: before one that may both close and store letters.
	 */
	public void lock(List<ConsumerRecord<byte[], byte[]>> records) {
		this.redriven.lock(records);
	}

	/**
	 * Closes the letters among the records, which a redrive brought back; other records
	 * are ignored.
	 * @param processed what became of each record
	 */
	public void resolve(Map<ConsumerRecord<byte[], byte[]>, Resolution> processed) {
		this.redriven.resolve(processed);
	}

	private static void bind(PreparedStatement insert, String handler, DeadLetter letter, Instant now)
			throws SQLException {
		ConsumerRecord<byte[], byte[]> record = letter.record();
		insert.setString(1, handler);
		insert.setString(2, record.topic());
		insert.setInt(3, record.partition());
		insert.setLong(4, record.offset());
		insert.setBytes(5, RecordDigest.of(record).array());
		insert.setBytes(6, record.key());
		HeaderColumns.bind(insert, 7, record.headers());
		insert.setBytes(9, record.value());
		insert.setString(10, letter.reason());
		insert.setInt(11, letter.attempts());
		insert.setObject(12, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
	}

	/**
	 * Which of the records are dead letters already: a redelivery must not try them
	 * again, be it of the source record or of a redriven one that has been processed.
	 */
	public Set<Origin> storedAmong(List<ConsumerRecord<byte[], byte[]>> records) {
		Set<Origin> dead = sourcesAmong(records);
		this.redriven.among(records).forEach((record, state) -> {
			if (state != LetterState.REDRIVEN) {
				dead.add(Origin.of(record));
			}
		});
		return dead;
	}

	private Set<Origin> sourcesAmong(List<ConsumerRecord<byte[], byte[]>> records) {
		Map<Origin, Set<ByteBuffer>> stored = new HashMap<>();
		this.jdbc.query(STORED_AMONG, (statement) -> bind(statement, records), (row) -> {
			Origin origin = new Origin(row.getString(1), row.getInt(2), row.getLong(3));
			stored.computeIfAbsent(origin, (key) -> new HashSet<>()).add(ByteBuffer.wrap(row.getBytes(4)));
		});
		return records.stream()
			.filter((record) -> isAmong(stored, record))
			.map(Origin::of)
			.collect(Collectors.toCollection(HashSet::new));
	}

	private static boolean isAmong(Map<Origin, Set<ByteBuffer>> stored, ConsumerRecord<byte[], byte[]> record) {
		Set<ByteBuffer> digests = stored.get(Origin.of(record));
		return digests != null && digests.contains(RecordDigest.of(record));
	}

	private static void bind(PreparedStatement select, List<ConsumerRecord<byte[], byte[]>> records)
			throws SQLException {
		Connection connection = select.getConnection();
		select.setArray(1, connection.createArrayOf("text", records.stream().map(ConsumerRecord::topic).toArray()));
		select.setArray(2, connection.createArrayOf("int", records.stream().map(ConsumerRecord::partition).toArray()));
		select.setArray(3, connection.createArrayOf("bigint", records.stream().map(ConsumerRecord::offset).toArray()));
	}

}
