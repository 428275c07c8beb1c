package dev.orderflow.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.orderflow.events.Topics;
import dev.orderflow.topology.Service;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Whether a consumer set exactly those records aside that no consumer can process, by
 * their origin: in its table once each, and on its DLQ topics at least once each.
 */
final class DeadLetterAudit {

	private final Service service;

	private final Set<RecordOrigin> expected;

	/**
	 * An audit of one consumer.
	 * @param poison records that nobody can process, on any topic
	 */
	DeadLetterAudit(Service service, Set<RecordOrigin> poison) {
		this.service = service;
		this.expected = poison.stream()
			.filter((origin) -> service.reads().contains(origin.topic()))
			.collect(Collectors.toUnmodifiableSet());
	}

	Check table(Connection database) throws SQLException {
		Set<RecordOrigin> found = new HashSet<>();
		Query.forEach(database, "select origin_topic, origin_partition, origin_offset from dead_letter",
				(row) -> found.add(new RecordOrigin(row.getString(1), row.getInt(2), row.getLong(3))));
		return Check.sameMembers("dead letters of " + this.service.name(), this.expected, found);
	}

	Check topic(String bootstrapServers, String source) {
		String dlq = Topics.dlq(source, this.service.name()).name();
		String replay = Topics.replay(source, this.service.name()).name();
		Set<RecordOrigin> found = new HashSet<>();
		TopicRecords.forEach(bootstrapServers, dlq, (record) -> found.add(originOf(record)));
		return Check.sameMembers("records on " + dlq,
				this.expected.stream()
					.filter((origin) -> origin.topic().equals(source) || origin.topic().equals(replay))
					.collect(Collectors.toSet()),
				found);
	}

	/** A record without origin is none that a consumer wrote: it is named by its own. */
	private static RecordOrigin originOf(ConsumerRecord<byte[], byte[]> record) {
		Header topic = record.headers().lastHeader("dlq-origin-topic");
		Header partition = record.headers().lastHeader("dlq-origin-partition");
		Header offset = record.headers().lastHeader("dlq-origin-offset");
		if (topic == null || partition == null || offset == null) {
			return new RecordOrigin(record.topic(), record.partition(), record.offset());
		}
		return new RecordOrigin(text(topic), Integer.parseInt(text(partition)), Long.parseLong(text(offset)));
	}

	private static String text(Header header) {
		return new String(header.value(), StandardCharsets.UTF_8);
	}

}
